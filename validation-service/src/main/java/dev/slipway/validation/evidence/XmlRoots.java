package dev.slipway.validation.evidence;

import java.util.Map;
import java.util.Optional;

/** What XML documents are by their roots, for people who sent one as a report of another kind. */
public final class XmlRoots {
    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("testsuites", "a JUnit report: kind junit"),
            Map.entry("testsuite", "a JUnit report: kind junit"),
            Map.entry(
                    "events",
                    "an Open Test Reporting file: kind open-test-report; the JUnit reports are the TEST-*.xml beside it"),
            Map.entry(
                    "execution",
                    "an Open Test Reporting file: kind open-test-report; the JUnit reports are the TEST-*.xml beside it"),
            Map.entry("test-run", "NUnit's own format: kind nunit"),
            Map.entry("test-results", "NUnit 2's own format; ask for NUnit 3's or JUnit XML"),
            Map.entry("assemblies", "xUnit.net's own format: kind xunit"),
            Map.entry("assembly", "xUnit.net 1's own format; ask for JUnit XML"),
            Map.entry("TestRun", "a Visual Studio test results file: kind trx"),
            Map.entry("testng-results", "TestNG's own format; its JUnit reports are in junitreports"),
            Map.entry("suite", "a TestNG suite, no report"),
            Map.entry("failsafe-summary", "Failsafe's summary, no report of its tests"),
            Map.entry("report", "a coverage report, as JaCoCo writes it: kind jacoco"),
            Map.entry("coverage", "a coverage report, as Cobertura writes it: kind cobertura"),
            Map.entry("CoverageSession", "OpenCover's own format; ask for Cobertura's"),
            Map.entry("bom", "a CycloneDX document: kind cyclonedx"),
            Map.entry("checkstyle", "Checkstyle's own format, which other linters write as well; ask for SARIF"),
            Map.entry("pmd", "PMD's own format; ask for SARIF"),
            Map.entry("BugCollection", "SpotBugs' own format; ask for SARIF"),
            Map.entry("html", "a page"));

    private XmlRoots() {}

    /** What it is, in words for people; nothing where nobody knows it. */
    static Optional<String> called(String root) {
        return Optional.ofNullable(KNOWN.get(root));
    }

    /** @param expected what it should be: {@code not testsuites or testsuite} without the {@code not} */
    public static String no(String root, String expected) {
        String shown = "its root is " + XmlPull.brief(root) + ", not " + expected;
        String known = KNOWN.get(root);
        return known == null ? shown : known + " (" + shown + ")";
    }
}
