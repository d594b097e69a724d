package dev.slipway.validation;

import dev.slipway.contracts.Digest;
import dev.slipway.messaging.Aggregates;
import dev.slipway.validation.revision.RevisionInput;
import dev.slipway.validation.revision.RevisionState;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets go of stored reports that nobody needs any more. Several instances may do so at once. */
class EvidenceExpiry {
    private static final Logger log = LoggerFactory.getLogger(EvidenceExpiry.class);

    private final MongoEvidence evidence;
    private final Aggregates<RevisionState, RevisionInput> revisions;
    private final InstantSource clock;
    private final Duration expireAfter;
    private final int looksMax;

    EvidenceExpiry(
            MongoEvidence evidence,
            Aggregates<RevisionState, RevisionInput> revisions,
            InstantSource clock,
            ValidationSettings.Evidence bounds,
            MeterRegistry meters) {
        this.evidence = evidence;
        this.revisions = revisions;
        this.clock = clock;
        this.expireAfter = bounds.expireAfter();
        this.looksMax = bounds.expireLooksMax();
        meters.gauge("slipway.evidence.bytes", evidence, MongoEvidence::bytesKept);
    }

    void expire() {
        try {
            int gone = evidence.expire(clock.instant().minus(expireAfter), this::remembers, looksMax);
            long left = evidence.measure();
            if (gone > 0) {
                log.info("{} reports have expired, {} bytes are left", gone, left);
            }
        } catch (RuntimeException trouble) {
            log.warn("Reports are looked through again later: {}", trouble.toString());
        }
    }

    private boolean remembers(String revision, Digest digest) {
        return revisions
                .find(revision)
                .map(found -> !found.state().expired() && found.state().holds(digest))
                .orElse(false);
    }
}
