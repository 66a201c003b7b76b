package ru.reklamai.generation.user;

import java.util.Optional;
import java.util.UUID;
import ru.reklamai.kit.message.Text;

/** Users' pictures, which the uploads keep. */
public interface AvatarFiles {

    /** Keeps an upload of the user for good. Returns what is wrong with it, if anything is. */
    Optional<Text> use(UUID user, String path);
}
