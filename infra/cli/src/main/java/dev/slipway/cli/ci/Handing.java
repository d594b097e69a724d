package dev.slipway.cli.ci;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Intake;
import dev.slipway.validation.evidence.JUnitReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hands in files kind by kind: of each kind all or nothing, whatever becomes of the other kinds. */
public final class Handing {
    /** Kinds of test reports, whose suite is {@code unit} where nobody says another; other kinds have none. */
    private static final Set<String> TESTS = Set.of(JUnitReader.KIND, "open-test-report", "trx", "nunit", "xunit");

    private static final String SUITE = "unit";

    private final EvidencePush push;

    public Handing(EvidencePush push) {
        this.push = push;
    }

    /** A kind of which nothing was kept. */
    public record Refused(String kind, String why) {}

    /** What came of all kinds. */
    public record Handed(List<EvidencePush.Pushed> kinds, List<Refused> refused, List<Intake.PassedOver> passedOver) {
        public Handed {
            kinds = List.copyOf(kinds);
            refused = List.copyOf(refused);
            passedOver = List.copyOf(passedOver);
        }

        /** Of one kind as it always was; of several in a list. */
        @JsonIgnore
        public Object answer() {
            if (kinds.size() != 1 || !refused.isEmpty()) {
                return this;
            }
            return kinds.getFirst().andPassedOver(passedOver);
        }

        /** For people. */
        @JsonIgnore
        public List<String> lines() {
            List<String> lines = new ArrayList<>();
            kinds.forEach(kind -> lines.addAll(kind.lines()));
            passedOver.forEach(one -> lines.add("passed over %s: %s".formatted(one.file(), one.why())));
            refused.forEach(
                    one -> lines.add("refused, nothing of kind %s was kept: %s".formatted(one.kind(), one.why())));
            return lines;
        }
    }

    /** Which suite evidence of a kind is of: what somebody says, nothing where it is blank. */
    public static @Nullable String suite(String kind, @Nullable String said) {
        if (said != null) {
            return said.isBlank() ? null : said;
        }
        return TESTS.contains(kind) ? SUITE : null;
    }

    /**
     * @param report which evidence it is; its kind and suite are those of each part
     * @param kind of all files, or null for what each is
     * @param suite that somebody said, or null
     * @throws CommandFailed if it is refused and only one kind was meant
     */
    public Handed of(Requests.Report report, ReportFiles files, @Nullable String kind, @Nullable String suite) {
        Sorting sorting = sorted(files, kind);
        List<EvidencePush.Pushed> pushed = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        if (sorting.parts().isEmpty()) {
            if (report.exit() == null) {
                throw new CommandFailed(ExitCode.USAGE, EvidencePush.nothing(sorting.passedOver()));
            }
            String fallback = kind == null ? JUnitReader.KIND : kind;
            pushed.add(push.of(report.of(fallback, suite(fallback, suite)), files.none(), Sorting.reader(fallback)));
        }
        for (Sorting.Part part : sorting.parts()) {
            String its = part.reader().kind();
            try {
                pushed.add(push.of(report.of(its, suite(its, suite)), part.files(), part.reader()));
            } catch (CommandFailed failed) {
                if (sorting.parts().size() == 1 || failed.exitCode() != ExitCode.USAGE) {
                    throw failed;
                }
                refused.add(new Refused(its, String.valueOf(failed.getMessage())));
            }
        }
        return new Handed(pushed, refused, sorting.passedOver());
    }

    private static Sorting sorted(ReportFiles files, @Nullable String kind) {
        try {
            return Sorting.of(files, kind);
        } catch (UnreadableEvidence unknown) {
            throw new CommandFailed(ExitCode.USAGE, String.valueOf(unknown.getMessage()), unknown);
        }
    }
}
