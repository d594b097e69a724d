package dev.slipway.release.api;

import dev.slipway.chain.Envelope;
import dev.slipway.chain.KeyFolder;
import dev.slipway.chain.Proof;
import dev.slipway.chain.ProofKeys;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Journal;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
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
    private final Aggregates<Keeping, KeepingInput> keepings;
    private final ProofKeyFolder keys;

    ProofController(
            Aggregates<Dossier, ReleaseInput> releases,
            Aggregates<Keeping, KeepingInput> keepings,
            ProofKeyFolder keys) {
        this.releases = releases;
        this.keepings = keepings;
        this.keys = keys;
    }

    @GetMapping("/api/v1/releases/{id}/proof")
    Proof proof(@PathVariable String id) {
        Known.release(releases, keepings, id);
        Aggregates.Chained chained = releases.chained(id);
        List<String> pems = keys.folder().map(ProofController::known).orElse(List.of());
        return new Proof(
                chained.chain(),
                Journal.links(chained.entries()),
                chained.head(),
                pems,
                Attesting.of(chained, ProofKeys.of(pems)).map(this::signed).orElse(null));
    }

    private @Nullable Envelope signed(byte[] statement) {
        try {
            return Envelope.signed(
                    Attesting.PAYLOAD_TYPE, statement, keys.folder().orElseThrow());
        } catch (IOException unreadable) {
            return null; // as with checkpoints: what cannot be signed is handed out unsigned, and the check says so
        }
    }

    static List<String> known(KeyFolder folder) {
        try {
            return folder.publicKeys();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
