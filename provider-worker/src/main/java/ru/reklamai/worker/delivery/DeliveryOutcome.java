package ru.reklamai.worker.delivery;

import ru.reklamai.events.ProviderTaskEvent.StoredAsset;

/** What became of an attempt to bring one result file home. */
sealed interface DeliveryOutcome {

    record Stored(StoredAsset asset) implements DeliveryOutcome {}

    /** The provider's address gives nothing, or not what it should; a fresh address may help. */
    record SourceUnusable(String cause) implements DeliveryOutcome {}

    /** The network, our tools or our storage failed; that says nothing about the file, and it will pass. */
    record TryLater(String cause) implements DeliveryOutcome {}
}
