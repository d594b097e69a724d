package dev.slipway.validation.evidence.tests;

import java.util.Map;

/** One failing report of each kind, as its tool writes it. */
final class TestSamples {
    /** As the console launcher of JUnit 6 writes it. */
    static final String EVENTS = """
            <?xml version="1.0" ?>
            <e:events xmlns="https://schemas.opentest4j.org/reporting/core/0.2.0" xmlns:e="https://schemas.opentest4j.org/reporting/events/0.2.0" xmlns:java="https://schemas.opentest4j.org/reporting/java/0.2.0" xmlns:junit="https://schemas.junit.org/open-test-reporting">
            <infrastructure><hostName>h</hostName><java:javaVersion>25</java:javaVersion></infrastructure>
            <e:started id="1" name="JUnit Jupiter" time="2026-11-28T10:00:00Z"><metadata><junit:uniqueId>[engine]</junit:uniqueId><junit:type>CONTAINER</junit:type></metadata></e:started>
            <e:started id="2" name="ATest" parentId="1" time="2026-11-28T10:00:00Z"><metadata><junit:type>CONTAINER</junit:type></metadata><sources><java:classSource className="ATest"/></sources></e:started>
            <e:started id="3" name="good()" parentId="2" time="2026-11-28T10:00:00.5Z"><metadata><junit:type>TEST</junit:type></metadata></e:started>
            <e:reported id="3" time="2026-11-28T10:00:00.6Z"><attachments><output time="2026-11-28T10:00:00.6Z" source="stdout"><![CDATA[out]]></output></attachments></e:reported>
            <e:finished id="3" time="2026-11-28T10:00:00.75Z"><result status="SUCCESSFUL"/></e:finished>
            <e:started id="4" name="bad()" parentId="2" time="2026-11-28T10:00:01Z"><metadata><junit:type>TEST</junit:type></metadata></e:started>
            <e:finished id="4" time="2026-11-28T10:00:01Z"><result status="FAILED"><java:throwable assertionError="true" type="E"><![CDATA[E: no]]></java:throwable></result></e:finished>
            <e:started id="5" name="error()" parentId="2" time="2026-11-28T10:00:01Z"><metadata><junit:type>TEST</junit:type></metadata></e:started>
            <e:finished id="5" time="2026-11-28T10:00:01Z"><result status="FAILED"><java:throwable assertionError="false" type="E"/></result></e:finished>
            <e:started id="6" name="off()" parentId="2" time="2026-11-28T10:00:01Z"><metadata><junit:type>TEST</junit:type></metadata></e:started>
            <e:finished id="6" time="2026-11-28T10:00:01Z"><result status="SKIPPED"><reason>later</reason></result></e:finished>
            <e:started id="7" name="assumed()" parentId="2" time="2026-11-28T10:00:01Z"><metadata><junit:type>TEST</junit:type></metadata></e:started>
            <e:finished id="7" time="2026-11-28T10:00:01Z"><result status="ABORTED"/></e:finished>
            <e:finished id="2" time="2026-11-28T10:00:02Z"><result status="SUCCESSFUL"/></e:finished>
            <e:finished id="1" time="2026-11-28T10:00:02Z"><result status="SUCCESSFUL"/></e:finished>
            </e:events>
            """;

    static final String TRX = """
            <?xml version="1.0" encoding="utf-8"?>
            <TestRun id="1" name="n" xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
              <Times creation="2026-11-28T10:00:00Z" />
              <Results>
                <UnitTestResult testId="1" testName="Good" duration="00:00:00.2500000" outcome="Passed" />
                <UnitTestResult testId="2" testName="Bad" duration="00:00:01" outcome="Failed"><Output><ErrorInfo><Message>no</Message></ErrorInfo></Output></UnitTestResult>
                <UnitTestResult testId="3" testName="Off" outcome="NotExecuted" />
                <UnitTestResult testId="4" testName="Late" outcome="Timeout" />
              </Results>
              <TestDefinitions><UnitTest name="Good" id="1"><TestMethod name="Good" /></UnitTest></TestDefinitions>
              <TestEntries><TestEntry testId="1" /></TestEntries>
              <TestLists><TestList name="All" id="l" /></TestLists>
              <ResultSummary outcome="Failed">
                <Counters total="4" executed="3" passed="1" failed="1" error="0" timeout="1" aborted="0" inconclusive="0" passedButRunAborted="0" notRunnable="0" notExecuted="0" disconnected="0" warning="0" completed="0" inProgress="0" pending="0" />
                <RunInfos><RunInfo computerName="c" outcome="Error" timestamp="t"><Text>[xUnit.net 00:00:00.74]     Bad [FAIL]</Text></RunInfo></RunInfos>
              </ResultSummary>
            </TestRun>
            """;

    static final String NUNIT = """
            <?xml version="1.0" encoding="utf-8" standalone="no"?>
            <test-run id="0" testcasecount="7" result="Failed" total="7" passed="1" failed="2" warnings="1" inconclusive="1" skipped="2" asserts="3" engine-version="3.16" duration="1.5">
              <command-line><![CDATA[nunit3-console A.dll]]></command-line>
              <test-suite type="Assembly" id="1" name="A.dll" testcasecount="7" result="Failed" site="Child" total="7" passed="1" failed="2">
                <environment framework-version="3.14" /><settings><setting name="a" value="b" /></settings>
                <properties><property name="_PID" value="1" /></properties>
                <failure><message><![CDATA[One or more child tests had errors]]></message></failure>
                <test-suite type="TestFixture" id="2" name="T" testcasecount="7" result="Failed" site="Child">
                  <test-case id="3" name="Good" result="Passed" duration="0.250" asserts="1" />
                  <test-case id="4" name="Bad" result="Failed" duration="0.5"><failure><message>no</message></failure><assertions><assertion result="Failed" /></assertions></test-case>
                  <test-case id="5" name="Error" result="Failed" label="Error" duration="0"><failure><message>x</message></failure></test-case>
                  <test-case id="6" name="Off" result="Skipped" label="Ignored" duration="0"><reason><message>later</message></reason></test-case>
                  <test-case id="7" name="ByHand" result="Skipped" label="Explicit" duration="0" />
                  <test-case id="8" name="Warns" result="Warning" duration="0" />
                  <test-case id="9" name="Assumed" result="Inconclusive" duration="0" />
                </test-suite>
              </test-suite>
            </test-run>
            """;

    static final String XUNIT = """
            <?xml version="1.0" encoding="utf-8"?>
            <assemblies schema-version="3" id="1" timestamp="11/28/2026 10:00:00">
              <assembly name="/x/A.dll" total="4" passed="1" failed="1" skipped="1" not-run="1" errors="1" time="0.7">
                <errors><error type="assembly-cleanup"><failure exception-type="E"><message>x</message></failure></error></errors>
                <collection name="c" total="4" passed="1" failed="1" skipped="1" not-run="1" time="0.7">
                  <test name="Good" type="T" method="Good" result="Pass" time="0.25"><traits><trait name="a" value="b" /></traits></test>
                  <test name="Bad" type="T" method="Bad" result="Fail" time="0.5"><failure exception-type="E"><message><![CDATA[no]]></message></failure></test>
                  <test name="Off" type="T" method="Off" result="Skip" time="0"><reason>later</reason></test>
                  <test name="ByHand" type="T" method="ByHand" result="NotRun" time="0" />
                </collection>
              </assembly>
            </assemblies>
            """;

    static final Map<String, String> ALL =
            Map.of("open-test-report", EVENTS, "trx", TRX, "nunit", NUNIT, "xunit", XUNIT);

    private TestSamples() {}
}
