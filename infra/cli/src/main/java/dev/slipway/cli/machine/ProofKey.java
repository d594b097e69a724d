package dev.slipway.cli.machine;

import dev.slipway.chain.KeyFolder;
import java.io.IOException;

/**
 * The key that closes the records of releases. It is another than the issuer's: who can be anyone for an hour must not be
 * able to write history. It does not lie among the secrets either, as programs can be told those.
 */
public final class ProofKey {
    private ProofKey() {}

    /** Makes the key where there is none. */
    static void ensure(Home home) {
        try {
            OwnerOnly.directories(home.proofKeys());
            new KeyFolder(home.proofKeys()).ensure();
        } catch (IOException unwritable) {
            throw home.unwritable(unwritable);
        }
    }

    /** Makes a new one; who signs takes it from the next signature on. Returns its id. */
    public static String rotate(Home home) {
        try {
            OwnerOnly.directories(home.proofKeys());
            return new KeyFolder(home.proofKeys()).rotate();
        } catch (IOException unwritable) {
            throw home.unwritable(unwritable);
        }
    }
}
