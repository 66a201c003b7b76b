-- Generations that were not heard of for a while are asked about again, those under way too (GenerationPublisher).
DROP INDEX generations_unheard;
CREATE INDEX generations_unheard ON generations (published_at) WHERE status IN ('queued', 'processing');
