package dev.slipway.validation.simulation;

import dev.slipway.chain.Seal;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.validation.JudgedSeconds;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lines that a rollout was judged by, each tied to all before it: the hash of a line is made of the canonical JSON (RFC
 * 8785) of {@code {"chain", "number", "previous", "record"}}, as of any record of a chain (ADR 40). A line is stored with the
 * first digits of its hash, which name the place where something was altered; what proves is the whole hash of the last line,
 * which the release's record holds.
 */
public final class SealedSeconds {
    private static final String SEAL = "seal";
    private static final int DIGITS = 16;

    private final String chain;
    private @Nullable Seal last;

    private SealedSeconds(QuestionKey rollout, @Nullable Seal last) {
        this.chain = "validation-service/seconds/" + rollout;
        this.last = last;
    }

    /** None yet. */
    public static SealedSeconds of(QuestionKey rollout) {
        return new SealedSeconds(rollout, null);
    }

    /** After these. */
    public static SealedSeconds after(QuestionKey rollout, JudgedSeconds known) {
        return new SealedSeconds(
                rollout, new Seal(known.lines(), null, known.digest().hex(), null));
    }

    /**
     * Ties one more.
     *
     * @param line JSON, an object
     * @return the line with its seal
     */
    public String add(String line) {
        ObjectNode record = record(line);
        String seal = next(record);
        return WireJson.mapper().writeValueAsString(record.put(SEAL, seal));
    }

    /**
     * Goes over one more, as it is stored.
     *
     * @return whether it is the line that was tied here; one without a seal, as from before there were any, is not
     * @throws IllegalArgumentException if it is no JSON object
     */
    public boolean hear(String line) {
        ObjectNode record = record(line);
        String said = record.path(SEAL).asString("");
        return next(record).equals(said);
    }

    private String next(ObjectNode record) {
        record.remove(SEAL);
        Seal seal = Seal.after(last, chain, record);
        last = seal;
        return seal.hash().substring(0, DIGITS);
    }

    private static ObjectNode record(String line) {
        try {
            if (WireJson.mapper().readTree(line) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException broken) {
            throw new IllegalArgumentException("A line of a recording is no JSON", broken);
        }
        throw new IllegalArgumentException("A line of a recording is no JSON object");
    }

    /** What it comes to by now; nothing before the first line. */
    public Optional<JudgedSeconds> head(int interruptions) {
        return Optional.ofNullable(last)
                .map(seal -> new JudgedSeconds(seal.number(), new Digest("sha256:" + seal.hash()), interruptions));
    }
}
