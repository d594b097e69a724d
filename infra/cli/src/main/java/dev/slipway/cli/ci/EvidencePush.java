package dev.slipway.cli.ci;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.cli.shell.Patience;
import dev.slipway.contracts.Texts;
import dev.slipway.validation.evidence.EvidenceFiles;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Intake;
import dev.slipway.validation.evidence.ReportArchive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hands in files as one: they are taken in together or not at all. */
public final class EvidencePush {
    /** What is larger travels packed, to a tenth of its size: a request has at most 8 MB, a report 20. */
    static final int PACKED_ABOVE_BYTES = 1 << 20;

    private static final byte[] NOTHING = {};
    private static final int FILE_CHARACTERS_MAX = 200;

    private final Requests requests;
    private final String token;

    public EvidencePush(Requests requests, String token) {
        this.requests = requests;
        this.token = token;
    }

    /** One report that was handed in. */
    public record Handed(
            String file, String digest, @Nullable String dialect, Map<String, BigDecimal> facts, List<String> notes) {}

    /**
     * What was handed in, and for what it counts.
     *
     * @param outdone why it does not count for its suite, or null
     */
    public record Pushed(
            String application,
            String sha,
            String kind,
            @Nullable String suite,
            @Nullable String run,
            @Nullable String part,
            @Nullable Long attempt,
            @Nullable Long exit,
            Map<String, BigDecimal> facts,
            List<Handed> reports,
            List<Intake.PassedOver> passedOver,
            @Nullable String outdone) {
        public Pushed {
            reports = List.copyOf(reports);
            passedOver = List.copyOf(passedOver);
        }

        Pushed andPassedOver(List<Intake.PassedOver> more) {
            List<Intake.PassedOver> all = new ArrayList<>(passedOver);
            all.addAll(more);
            return new Pushed(application, sha, kind, suite, run, part, attempt, exit, facts, reports, all, outdone);
        }

        /** For people. */
        @JsonIgnore
        public List<String> lines() {
            List<String> lines = new ArrayList<>();
            for (Handed report : reports) {
                lines.add("%s: %s".formatted(report.file(), FactsText.of(report.facts())));
                report.notes().forEach(note -> lines.add("  note: " + note));
                lines.add("  kept as " + report.digest());
            }
            passedOver.forEach(one -> lines.add("passed over %s: %s".formatted(one.file(), one.why())));
            lines.add(exit == null ? "exit status not told: --exit STATUS tells it" : "exit status " + exit);
            CiRun of = new CiRun(run, part, attempt);
            lines.add("%s for %s at %.10s%s%s"
                    .formatted(
                            kind,
                            application,
                            sha,
                            suite == null ? "" : ", suite " + suite,
                            of.toString().isEmpty() ? "" : ", " + of));
            if (outdone != null) {
                lines.add("it does not count: " + outdone);
            }
            return lines;
        }
    }

    /** @throws CommandFailed if it is refused; then nothing of it was kept */
    public Pushed of(Requests.Report report, EvidenceFiles files, EvidenceReader reader) {
        List<Intake.PassedOver> passedOver = new ArrayList<>();
        List<String> names = new ArrayList<>();
        byte[] content = packed(files, reader, names, passedOver);
        if (names.isEmpty() && report.exit() == null) {
            throw new CommandFailed(ExitCode.USAGE, nothing(passedOver));
        }
        Requests.Evidence evidence = Patience.with(
                () -> requests.evidence(report, names.size() == 1 ? brief(names.getFirst()) : null, content, token));
        passedOver.addAll(evidence.passedOver().stream()
                .map(one -> new Intake.PassedOver(one.file(), one.why()))
                .toList());
        return new Pushed(
                report.application(),
                report.sha(),
                report.kind(),
                report.suite(),
                report.of().run(),
                report.of().part(),
                report.of().attempt(),
                report.exit(),
                evidence.facts(),
                handed(names, evidence),
                passedOver,
                evidence.outdone());
    }

    static byte[] packed(
            EvidenceFiles files, EvidenceReader reader, List<String> names, List<Intake.PassedOver> passedOver) {
        try {
            EvidenceFiles chosen = new Intake(reader).chosen(files, passedOver);
            List<byte[]> first = new ArrayList<>();
            chosen.each((name, _, content) -> {
                names.add(name);
                if (first.isEmpty()) {
                    first.add(content);
                }
            });
            return switch (names.size()) {
                case 0 -> NOTHING;
                case 1 -> first.getFirst().length > PACKED_ABOVE_BYTES ? ReportArchive.of(chosen) : first.getFirst();
                default -> ReportArchive.of(chosen);
            };
        } catch (UnreadableEvidence unreadable) {
            throw new CommandFailed(ExitCode.USAGE, String.valueOf(unreadable.getMessage()), unreadable);
        }
    }

    /** Its end tells most. */
    private static String brief(String name) {
        String line = Texts.visible(name, '?');
        return line.length() > FILE_CHARACTERS_MAX
                ? "…" + line.substring(line.length() - FILE_CHARACTERS_MAX + 1)
                : line;
    }

    static String nothing(List<Intake.PassedOver> passedOver) {
        return passedOver.isEmpty()
                ? "no report was found: run the tests first, or give the right path"
                : "there is no report among these files, %s is %s: give the right path"
                        .formatted(
                                passedOver.getFirst().file(),
                                passedOver.getFirst().why());
    }

    /** A report that came alone has no name at the service. */
    private static List<Handed> handed(List<String> names, Requests.Evidence evidence) {
        if (names.size() == 1 && evidence.files().size() <= 1) {
            Requests.@Nullable TakenIn one =
                    evidence.files().isEmpty() ? null : evidence.files().getFirst();
            return List.of(
                    one == null
                            ? new Handed(names.getFirst(), evidence.digest(), null, evidence.facts(), List.of())
                            : new Handed(names.getFirst(), one.digest(), one.dialect(), one.facts(), one.notes()));
        }
        return evidence.files().stream()
                .map(one -> new Handed(one.file(), one.digest(), one.dialect(), one.facts(), one.notes()))
                .toList();
    }
}
