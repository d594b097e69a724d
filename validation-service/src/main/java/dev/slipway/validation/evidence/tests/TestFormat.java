package dev.slipway.validation.evidence.tests;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.NamingTests.Each;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportXml;
import dev.slipway.validation.evidence.XmlPull;
import java.util.List;
import java.util.function.Predicate;

/**
 * A format of test reports in XML beside JUnit's. What each means by its words stands at its pass.
 *
 * @param called at the beginning of a sentence
 * @param expected root, in words for people
 */
public record TestFormat(
        String kind, String called, String expected, Predicate<ReportXml.Root> isAtRoot, TestPass pass) {
    /** Reads one report and tells each of its tests. */
    @FunctionalInterface
    interface TestPass {
        Reading over(XmlPull xml, Each each) throws UnreadableEvidence;
    }

    private static final String OPEN_TEST_NAMESPACES = "https://schemas.opentest4j.org/reporting/";

    /** Events are many things; only Open Test Reporting's have its namespace. */
    static final TestFormat OPEN_TEST_REPORT = new TestFormat(
            "open-test-report",
            "An Open Test Reporting file",
            "events or execution of Open Test Reporting",
            root -> root.namespace().startsWith(OPEN_TEST_NAMESPACES)
                    && (root.name().equals("events") || root.name().equals("execution")),
            (pull, each) -> new OpenTestPass(pull, each).read());

    public static final List<TestFormat> ALL = List.of(
            OPEN_TEST_REPORT,
            of("trx", "A TRX report", "TestRun", (pull, each) -> new TrxPass(pull, each).read()),
            of("nunit", "An NUnit report", "test-run", (pull, each) -> new NUnitPass(pull, each).read()),
            of("xunit", "An xUnit.net report", "assemblies", (pull, each) -> new XUnitPass(pull, each).read()));

    private static TestFormat of(String kind, String called, String root, TestPass pass) {
        return new TestFormat(kind, called, root, at -> at.name().equals(root), pass);
    }
}
