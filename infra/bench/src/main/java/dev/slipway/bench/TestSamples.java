package dev.slipway.bench;

import dev.slipway.bench.SampleReport.Form;
import java.io.PrintStream;
import java.util.List;

/** Reports of test runs in which all went well. */
final class TestSamples {
    static final List<SampleReport> ALL = List.of(
            new SampleReport("junit", "JUnit, %,d cases", 100_000, Form.XML, TestSamples::junit),
            new SampleReport(
                    "open-test-report", "Open Test Reporting, %,d tests", 60_000, Form.XML, TestSamples::events),
            new SampleReport("trx", "TRX, %,d results", 80_000, Form.XML, TestSamples::trx),
            new SampleReport("nunit", "NUnit, %,d cases", 80_000, Form.XML, TestSamples::nunit),
            new SampleReport("xunit", "xUnit, %,d tests", 100_000, Form.XML, TestSamples::xunit));

    private static final int IN_A_SUITE = 100;
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private TestSamples() {}

    private static void junit(PrintStream out, int cases) {
        out.print(XML + "<testsuites>\n");
        for (int i = 0; i < cases; i++) {
            if (i % IN_A_SUITE == 0) {
                out.print((i == 0 ? "" : "</testsuite>\n") + "<testsuite name=\"dev.shop.Suite" + i
                        + "Test\" tests=\"100\" failures=\"0\" errors=\"0\" skipped=\"0\" time=\"1.2\">\n");
            }
            out.print("  <testcase classname=\"dev.shop.Suite" + i / IN_A_SUITE * IN_A_SUITE
                    + "Test\" name=\"it_holds_for_case_" + i + "\" time=\"0.012\"/>\n");
        }
        out.print("</testsuite>\n</testsuites>\n");
    }

    private static void events(PrintStream out, int tests) {
        out.print(XML + "<e:events xmlns=\"https://schemas.opentest4j.org/reporting/core/0.2.0\""
                + " xmlns:e=\"https://schemas.opentest4j.org/reporting/events/0.2.0\""
                + " xmlns:java=\"https://schemas.opentest4j.org/reporting/java/0.2.0\">\n"
                + "<e:started id=\"0\" name=\"JUnit Jupiter\" time=\"2026-01-02T03:04:05Z\"></e:started>\n");
        for (int id = 1; id <= tests; id++) {
            out.print("<e:started id=\"" + id + "\" name=\"it_holds_for_case_" + id
                    + "()\" parentId=\"0\" time=\"2026-01-02T03:04:05Z\"></e:started>\n<e:finished id=\"" + id
                    + "\" time=\"2026-01-02T03:04:06Z\"><result status=\"SUCCESSFUL\"></result></e:finished>\n");
        }
        out.print("""
            <e:finished id="0" time="2026-01-02T03:04:07Z"><result status="SUCCESSFUL"></result></e:finished>
            </e:events>
            """);
    }

    private static void trx(PrintStream out, int results) {
        out.print(XML + "<TestRun id=\"4c0f1b9e-0000-0000-0000-000000000001\" name=\"run\""
                + " xmlns=\"http://microsoft.com/schemas/VisualStudio/TeamTest/2010\">\n<Results>\n");
        for (int i = 0; i < results; i++) {
            out.print("  <UnitTestResult executionId=\"e" + i + "\" testId=\"t" + i
                    + "\" testName=\"Shop.Cart.It_holds_for_" + i
                    + "\" duration=\"00:00:00.0100000\" outcome=\"Passed\" testListId=\"l\" />\n");
        }
        out.print("</Results>\n<ResultSummary outcome=\"Completed\"><Counters total=\"" + results + "\" executed=\""
                + results + "\" passed=\"" + results + "\" failed=\"0\" error=\"0\" /></ResultSummary>\n</TestRun>\n");
    }

    private static void nunit(PrintStream out, int cases) {
        String counts = "total=\"" + cases + "\" passed=\"" + cases
                + "\" failed=\"0\" inconclusive=\"0\" skipped=\"0\" asserts=\"0\"";
        out.print(XML + "<test-run id=\"2\" testcasecount=\"" + cases + "\" result=\"Passed\" " + counts
                + " engine-version=\"3.18\" duration=\"0.31\">\n<test-suite type=\"TestFixture\" id=\"1\" name=\"CartTest\""
                + " fullname=\"Shop.CartTest\" runstate=\"Runnable\" testcasecount=\"" + cases + "\" result=\"Passed\" "
                + counts + ">\n");
        for (int i = 0; i < cases; i++) {
            out.print("  <test-case id=\"c" + i + "\" name=\"It_holds_for_" + i
                    + "\" fullname=\"Shop.CartTest.It_holds_for_"
                    + i + "\" classname=\"Shop.CartTest\" runstate=\"Runnable\" result=\"Passed\" duration=\"0.01\""
                    + " asserts=\"0\"/>\n");
        }
        out.print("</test-suite>\n</test-run>\n");
    }

    private static void xunit(PrintStream out, int tests) {
        String counts = "total=\"" + tests + "\" passed=\"" + tests + "\" failed=\"0\" skipped=\"0\"";
        out.print(XML + "<assemblies timestamp=\"01/02/2026 03:04:05\">\n<assembly name=\"/src/Shop.Tests.dll\" "
                + counts
                + " time=\"0.310\" errors=\"0\" test-framework=\"xUnit.net 2.9.0\">\n<errors />\n<collection " + counts
                + " name=\"Test collection for Shop.CartTest\" time=\"0.300\">\n");
        for (int i = 0; i < tests; i++) {
            out.print("  <test name=\"Shop.CartTest.It_holds_for_" + i
                    + "\" type=\"Shop.CartTest\" method=\"It_holds_for_" + i + "\" time=\"0.01\" result=\"Pass\" />\n");
        }
        out.print("</collection>\n</assembly>\n</assemblies>\n");
    }
}
