package dev.slipway.proof;

import dev.slipway.contracts.policy.Drift;
import dev.slipway.contracts.policy.FilesRule;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Isolation;
import dev.slipway.contracts.policy.Isolation.Given;
import dev.slipway.contracts.policy.Isolation.Kind;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.demo.Behaviour;
import dev.slipway.demo.Person;
import dev.slipway.demo.SampleRepository;
import dev.slipway.testkit.git.TestRepository;
import dev.slipway.validation.assessment.Assessment;
import dev.slipway.validation.assessment.AssessmentInput;
import dev.slipway.validation.assessment.AssessmentState;
import dev.slipway.validation.assessment.Comparison;
import dev.slipway.validation.assessment.Finding;
import dev.slipway.validation.assessment.MergeAnswer;
import dev.slipway.validation.assessment.ProbeAnswer;
import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.RunRecord;
import dev.slipway.validation.files.FilesGates;
import dev.slipway.validation.files.FilesRecord;
import dev.slipway.validation.files.Judged;
import dev.slipway.validation.files.RevisionFiles;
import dev.slipway.validation.revision.Check;
import dev.slipway.validation.revision.RevisionId;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What validation-service's own core makes of the gates of the demo's policy that the twelve points ask for: by reports that its
 * own readers read, by files of the sample's own repository, by checks and answers. The evidence of one gate may be missing, or
 * be another; its time passes then. Other gates pass.
 */
final class GateEvidence implements ServicesTogether.Gates {
    private static final EvidenceReaders READERS = EvidenceReaders.shipped(new JUnitReader.Limits(32, 10_000));
    private static final Assessment CORE = new Assessment(new Assessment.Rhythm(
            READERS.kinds(),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5)));
    private static final int LOOKS_MAX = 10;
    private static final Person SOMEBODY = new Person("Grace", "grace@example.test");

    private final Map<String, String> files;
    private final String version;
    private final String lacking;

    private GateEvidence(Map<String, String> files, String version, String lacking) {
        this.files = files;
        this.version = version;
        this.lacking = lacking;
    }

    /** Of a version that the sample's repository makes in this folder. */
    static GateEvidence of(Path folder, String version) {
        SampleRepository sample = SampleRepository.at(folder.resolve("hello.git"));
        String sha = sample.commitVersion(
                version, Behaviour.HEALTHY, SOMEBODY, SOMEBODY, Instant.parse("2026-01-05T10:00:00Z"));
        TestRepository git = TestRepository.at(sample.path());
        Map<String, String> files = git.git("ls-tree", "-r", "--name-only", sha)
                .lines()
                .collect(Collectors.toMap(path -> path, path -> git.git("show", sha + ":" + path) + "\n"));
        return new GateEvidence(files, version, "");
    }

    /** The same without what this gate goes by. */
    GateEvidence without(String gate) {
        return new GateEvidence(files, version, gate);
    }

    @Override
    public AssessmentStatus of(Assess asked, Instant now) {
        AssessmentStatus all = ServicesTogether.allPass(asked, now);
        List<Gate> known = asked.gates().stream().filter(GateEvidence::isKnown).toList();
        if (known.isEmpty()) {
            return all;
        }
        AssessmentStatus judged = judged(asking(asked, known));
        Map<String, GateVerdict> verdicts = new HashMap<>();
        judged.gates().forEach(verdict -> verdicts.put(verdict.gate(), verdict));
        return new AssessmentStatus(
                asked.question(),
                judged.outcome(),
                all.gates().stream()
                        .map(verdict -> verdicts.getOrDefault(verdict.gate(), verdict))
                        .toList());
    }

    private static boolean isKnown(Gate gate) {
        boolean looked =
                gate.check() != null && !gate.check().equals("way-back"); // which the environment is asked about
        return looked
                || gate.files() != null
                || !gate.http().isEmpty()
                || "junit".equals(gate.evidence())
                || "jmh".equals(gate.evidence());
    }

    private boolean has(Gate gate) {
        return !gate.id().equals(lacking);
    }

    /** With what environments are given, which programs that there are not cannot tell. */
    private Assess asking(Assess asked, List<Gate> gates) {
        boolean apart = !lacking.equals(Gate.ISOLATED);
        return new Assess(
                asked.question(),
                asked.application(),
                asked.sha(),
                asked.artifacts(),
                asked.stage(),
                gates,
                asked.source(),
                asked.address(),
                asked.askedAt(),
                asked.http2(),
                asked.metrics(),
                asked.baseline(),
                asked.waivable(),
                new Isolation(
                        List.of(new Given("port", Kind.ADDRESS, "127.0.0.1:9001")),
                        List.of(new Given("port", Kind.ADDRESS, apart ? "127.0.0.1:9002" : "127.0.0.1:9001"))),
                lacking.equals(Gate.SETTINGS)
                        ? null
                        : new Drift(null, List.of(), List.of(), List.of("this one is kept")));
    }

    /** What it says for good, once all has come that comes, and the time of the rest is over. */
    private AssessmentStatus judged(Assess asked) {
        Instant now = asked.askedAt();
        AssessmentState state = CORE.initial(asked.question().toString());
        List<AssessmentInput> inputs = new ArrayList<>(List.of(new AssessmentInput.Asked(asked), seen(asked, now)));
        for (int place = 0; place < asked.gates().size(); place++) {
            @Nullable AssessmentInput looked = looked(asked, place);
            if (looked != null) {
                inputs.add(looked);
            }
        }
        for (AssessmentInput input : inputs) {
            state = CORE.decide(state, input, now).state();
        }
        for (int looks = 0; looks < LOOKS_MAX; looks++) {
            for (Gate gate : asked.gates()) {
                AssessmentInput recorded = new AssessmentInput.VerdictRecorded(gate.id(), "0".repeat(64));
                state = CORE.decide(state, recorded, now).state();
            }
            if (state instanceof AssessmentState.Closed(String _, AssessmentStatus status)) {
                return status;
            }
            now = now.plus(Duration.ofHours(1));
            state = CORE.decide(state, new AssessmentInput.DeadlineCame(), now).state();
        }
        throw new AssertionError("it never says anything: " + state);
    }

    // ---- what is at the revision

    private AssessmentInput seen(Assess asked, Instant now) {
        List<Gate> gates = asked.gates();
        List<SuiteFacts> suites = new ArrayList<>();
        Map<Integer, Comparison> compared = new HashMap<>();
        for (int place = 0; place < gates.size(); place++) {
            Gate gate = gates.get(place);
            if (gate.evidence() != null && has(gate)) {
                suites.add(suite(gate));
                if (gate.evidence().equals("jmh")) {
                    compared.put(place, compared());
                }
            }
        }
        return new AssessmentInput.RevisionSeen(
                new RevisionId(asked.application(), asked.sha()).toString(), 1, suites, checks(now), compared);
    }

    /** One of all fails where the gate over all is to lack something, so that those of a name say nothing of it. */
    private List<Check> checks(Instant now) {
        List<Check> checks = new ArrayList<>();
        for (String name : List.of("build", "unit-tests")) {
            if (!lacking.equals("check-" + name)) {
                checks.add(new Check(name, true, "ci/" + name, null, null, now, "ci@example.test"));
            }
        }
        if (lacking.equals("checks")) {
            checks.add(new Check("deploy-preview", false, "ci/deploy-preview", null, null, now, "ci@example.test"));
        }
        return checks;
    }

    private static SuiteFacts suite(Gate gate) {
        String kind = String.valueOf(gate.evidence());
        Reading read = kind.equals("jmh") ? benchmark(900) : read(kind, """
            <testsuite name="unit" tests="2" failures="0" errors="0" skipped="0" time="0.2">
              <testcase name="greets" classname="example.hello.GreetingsTest" time="0.1"/>
              <testcase name="answers_over_http" classname="example.hello.HelloServerTest" time="0.1"/>
            </testsuite>\
            """);
        return new SuiteFacts(kind, gate.suite(), read.facts().plus(RunRecord.facts(0)), List.of(), null);
    }

    private static Comparison compared() {
        Comparing.Compared said =
                reader("jmh").comparing().orElseThrow().with(List.of(benchmark(900)), List.of(benchmark(910)));
        return new Comparison(said.facts(), "", List.of(), said.notes());
    }

    private static Reading benchmark(int median) {
        String shots = IntStream.range(0, 40)
                .mapToObj(shot -> Integer.toString(median - 20 + shot))
                .collect(Collectors.joining(","));
        return read("jmh", """
            [{"jmhVersion": "1.37", "benchmark": "example.hello.GreetingBenchmark.greet", "mode": "ss", "threads": 1,
              "forks": 1, "primaryMetric": {"score": %d, "scoreError": "NaN", "scoreUnit": "us/op", "rawData": [[%s]]},
              "secondaryMetrics": {}}]\
            """.formatted(median, shots));
    }

    private static EvidenceReader reader(String kind) {
        return READERS.of(kind).orElseThrow();
    }

    private static Reading read(String kind, String report) {
        try {
            return reader(kind).read(report.getBytes(StandardCharsets.UTF_8), "report");
        } catch (UnreadableEvidence unreadable) {
            throw new AssertionError(kind, unreadable);
        }
    }

    // ---- what is looked at

    private @Nullable AssessmentInput looked(Assess asked, int place) {
        Gate gate = asked.gates().get(place);
        FilesRule rule = gate.files();
        if (rule != null) {
            Judged judged = FilesGates.judge(gate, revision(asked, gate, rule));
            return new AssessmentInput.FilesRead(
                    place, new Finding(judged.verdict(), true, judged.observed(), judged.cause(), List.of()));
        }
        if ("merge".equals(gate.check())) {
            return new AssessmentInput.MergeTried(
                    place,
                    has(gate)
                            ? new MergeAnswer.Clean("1".repeat(40), "2".repeat(40))
                            : new MergeAnswer.Conflicting("1".repeat(40), "2".repeat(40), List.of("pom.xml")));
        }
        if (gate.http().isEmpty()) {
            return null;
        }
        return new AssessmentInput.Probed(
                place,
                gate.http().stream()
                        .map(request -> has(gate)
                                ? (ProbeAnswer) new ProbeAnswer.AsExpected(request.get() + " 200")
                                : new ProbeAnswer.Wrong(request.get() + " 500", "it answers 500"))
                        .toList());
    }

    /** The sample as it is committed; where a gate is to find something wrong, that is. */
    private RevisionFiles revision(Assess asked, Gate gate, FilesRule rule) {
        SortedMap<String, FilesRecord.Kind> tree = new TreeMap<>();
        Map<String, byte[]> contents = new HashMap<>();
        files.forEach((path, text) -> {
            String said = has(gate) ? text : broken(gate, path, text);
            if (said.isEmpty()) {
                return;
            }
            tree.put(path, FilesRecord.Kind.FILE);
            if (rule.reads(path)) {
                contents.put(path, said.getBytes(StandardCharsets.UTF_8));
            }
        });
        return RevisionFiles.of(asked.sha(), rule, tree, contents);
    }

    private String broken(Gate gate, String path, String text) {
        return switch (gate.id()) {
            case "version" -> text.replace('"' + version + '"', "\"0.9.9\"");
            case "configuration" -> text.replace("timeout.default", "timout.default");
            case "links" -> path.equals("CHANGELOG.md") ? "" : text;
            default -> throw new AssertionError(gate.id());
        };
    }
}
