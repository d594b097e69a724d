package dev.slipway.validation.evidence;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JUnit XML, as some thirty tools write it: root {@code testsuites} or {@code testsuite}, suites nested or not, test cases
 * in a suite or under the root. There is no standard; what each tool means by it was tried. A report does not say whether
 * the run succeeded: only with the run's exit status ({@link RunRecord}) does it prove anything.
 *
 * <p>Facts, each test in exactly one of passed, failed, skipped, expected and disabled (or it only warns):
 *
 * <ul>
 *   <li>{@code tests.total}; {@code tests.passed}, among them {@code tests.flaky}: passed after they had failed
 *   <li>{@code tests.failed}: failures and errors as one sum, {@code tests.errors} among them. The larger of what the test
 *       cases show and what root, suites and Node's closing comments claim: some fail outside every case
 *   <li>{@code tests.skipped}
 *   <li>{@code tests.expected}: failed as was said before (Node's {@code todo}, Catch2's {@code !mayfail}); elsewhere a
 *       failure wins over what stands beside it
 *   <li>{@code tests.disabled}: not run and not meant to be. What could not be run (ctest) has failed
 *   <li>{@code tests.warnings}: elements that warn
 *   <li>{@code tests.seconds}
 * </ul>
 *
 * <p>What stands where it would count and is not known is refused with its place, never guessed. A DOCTYPE is passed over:
 * nothing in it is processed, nothing is ever fetched.
 */
public final class JUnitReader implements EvidenceReader {
    public static final String KIND = "junit";

    /**
     * Limits of a report.
     *
     * @param depthMax nested elements, 3 and above
     * @param elementsMax elements in all
     */
    public record Limits(int depthMax, int elementsMax) {}

    private final ReportXml xml;

    public JUnitReader(Limits limits) {
        xml = new ReportXml("A JUnit report", new ReportXml.Limits(limits.depthMax(), limits.elementsMax()));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Reading read(byte[] report, String name) throws UnreadableEvidence {
        return xml.read(report, pull -> new JUnitPass(pull, name, NamingTests.Each.NOBODY).read());
    }

    @Override
    public @Nullable String somethingElse(byte[] report) {
        return xml.root(report)
                .map(ReportXml.Root::name)
                .filter(root -> !JUnitPass.ROOTS.contains(root))
                .map(JUnitReader::no)
                .orElse(null);
    }

    @Override
    public boolean recognises(byte[] report) {
        return xml.root(report)
                .map(ReportXml.Root::name)
                .filter(JUnitPass.ROOTS::contains)
                .isPresent();
    }

    @Override
    public List<KnownFact> facts() {
        return TestCounts.KNOWN;
    }

    @Override
    public Optional<NamingTests> namingTests() {
        return Optional.of((report, name, each) -> xml.read(report, pull -> new JUnitPass(pull, name, each).read()));
    }

    @Override
    public boolean isWhole(byte[] report) {
        return xml.isWhole(report);
    }

    /** What a document with this root is, where it is no report. */
    static String no(String root) {
        return XmlRoots.no(root, "testsuites or testsuite");
    }
}
