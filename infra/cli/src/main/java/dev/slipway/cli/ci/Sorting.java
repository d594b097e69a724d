package dev.slipway.cli.ci;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.validation.evidence.EvidenceFiles;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Intake;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.Recognition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files by what they are: of the kind that someone says, or each of the kind that its content says.
 *
 * @param passedOver what is of no kind
 */
public record Sorting(List<Part> parts, List<Intake.PassedOver> passedOver) {
    /** The limits of the service. */
    private static final JUnitReader.Limits LIMITS = new JUnitReader.Limits(32, 500_000);

    private static final EvidenceReaders READERS = EvidenceReaders.shipped(LIMITS);

    /** The files of one kind. */
    public record Part(EvidenceReader reader, EvidenceFiles files) {}

    public Sorting {
        parts = List.copyOf(parts);
        passedOver = List.copyOf(passedOver);
    }

    /**
     * @param kind of all of them, or null for what each is
     * @throws UnreadableEvidence if nobody can say of which kind a file is
     */
    public static Sorting of(EvidenceFiles files, @Nullable String kind) throws UnreadableEvidence {
        if (kind != null) {
            return new Sorting(List.of(new Part(reader(kind), files)), List.of());
        }
        Recognition.Sorted sorted = new Recognition(READERS).sort(files);
        List<Part> parts = sorted.byKind().entrySet().stream()
                .map(one -> new Part(reader(one.getKey()), one.getValue()))
                .toList();
        return new Sorting(parts, sorted.passedOver());
    }

    /** Whether the bytes are a whole document of what they are meant to be. */
    static boolean isWhole(byte[] content, @Nullable String kind) {
        return (kind == null ? READERS.recognise(content) : READERS.of(kind))
                .orElseGet(() -> reader(JUnitReader.KIND))
                .isWhole(content);
    }

    /** The service's reader of a kind. */
    public static EvidenceReader reader(String kind) {
        return READERS.of(kind)
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.USAGE,
                        "nothing reads evidence of the kind %s: say --kind %s"
                                .formatted(kind, String.join(" or ", READERS.kinds()))));
    }
}
