package dev.slipway.release.api;

import dev.slipway.chain.Checkpoint;
import dev.slipway.chain.Envelope;
import dev.slipway.chain.KeyFolder;
import dev.slipway.chain.Proof;
import dev.slipway.chain.Seal;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Journal;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.ReleaseState;
import dev.slipway.release.wiring.ProofWiring.ProofKeyFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Hands out a release's whole record with what anybody needs to check it; nothing here checks itself. */
@RestController
class ProofController {
    private final Aggregates<Dossier, ReleaseInput> releases;
    private final ProofKeyFolder keys;

    ProofController(Aggregates<Dossier, ReleaseInput> releases, ProofKeyFolder keys) {
        this.releases = releases;
        this.keys = keys;
    }

    @GetMapping("/api/v1/releases/{id}/proof")
    Proof proof(@PathVariable String id) {
        Dossier dossier = Known.release(releases, id);
        Aggregates.Chained chained = releases.chained(id);
        return new Proof(
                chained.chain(),
                Journal.links(chained.entries()),
                chained.head(),
                keys.folder().map(ProofController::known).orElse(List.of()),
                attestation(dossier, chained));
    }

    /** Only of what has ended, and is signed. */
    private @Nullable Envelope attestation(Dossier dossier, Aggregates.Chained chained) {
        Seal head = chained.head();
        Checkpoint closed = head == null ? null : head.checkpoint();
        KeyFolder folder = keys.folder().orElse(null);
        if (head == null || closed == null || folder == null || !(dossier.state() instanceof ReleaseState.Ended)) {
            return null;
        }
        try {
            byte[] statement = Attesting.statement(dossier, chained.chain(), head, closed);
            return Envelope.signed(Attesting.PAYLOAD_TYPE, statement, folder);
        } catch (IOException unreadable) {
            return null; // as with checkpoints: what cannot be signed is handed out unsigned, and the check says so
        }
    }

    private static List<String> known(KeyFolder folder) {
        try {
            return folder.publicKeys();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
