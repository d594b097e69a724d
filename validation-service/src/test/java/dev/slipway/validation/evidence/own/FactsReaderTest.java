package dev.slipway.validation.evidence.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.JUnitReader;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FactsReaderTest {
    private static final EvidenceReader READER = EvidenceReaders.shipped(new JUnitReader.Limits(32, 500_000))
            .of(FactsReader.KIND)
            .orElseThrow();

    private static List<Fact> read(String report) throws UnreadableEvidence {
        return READER.read(report.getBytes(StandardCharsets.UTF_8), "facts.json")
                .facts()
                .list();
    }

    @Test
    void names_have_values_with_units_or_plain() throws Exception {
        assertThat(read("""
                {"slipway":"facts/1","facts":{"bundle.size":{"value":123,"unit":"bytes"},"lint.warnings":3,
                 "docs.covered":{"value":81.5,"unit":"percent"},"a11y.errors":{"value":0,"unit":"count"}}}
                """))
                .extracting(Fact::toString)
                .containsExactly("a11y.errors 0", "bundle.size 123", "docs.covered 81.5%", "lint.warnings 3");
    }

    @Test
    void a_name_is_told_by_hand_as_by_its_expression() {
        Pattern name = Pattern.compile("[a-z][a-z0-9]*(?:[.-][a-z0-9]+)+");
        SplittableRandom random = new SplittableRandom(12);
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int left = random.nextInt(9); left > 0; left--) {
                text.append("ab0.-.-A_ö".charAt(random.nextInt(10)));
            }
            assertThat(SentFacts.isName(text.toString()))
                    .as(text.toString())
                    .isEqualTo(text.indexOf(".") >= 0 && name.matcher(text).matches());
        }
        assertThat(SentFacts.isName("a." + "b".repeat(98))).isTrue();
        assertThat(SentFacts.isName("a." + "b".repeat(99))).isFalse();
    }

    @Test
    void facts_stand_by_name_in_whatever_order_they_were_said() throws Exception {
        assertThat(read("{\"slipway\":\"facts/1\",\"facts\":{\"b.c\":1,\"a.b\":2,\"b.a\":3}}"))
                .extracting(Fact::name)
                .containsExactly("a.b", "b.a", "b.c");
    }

    @Test
    void what_is_written_by_hand_is_read_back() throws Exception {
        SentFacts sent = new SentFacts(List.of(
                SentFacts.parse("bundle.size=123bytes"),
                SentFacts.parse("docs.covered=81.5%"),
                SentFacts.parse("start.up=0.25s"),
                SentFacts.parse("lint.warnings=3")));

        assertThat(new String(sent.bytes(), StandardCharsets.UTF_8))
                .startsWith("{\"slipway\":\"facts/1\",\"facts\":{\"bundle.size\":{\"value\":123,\"unit\":\"bytes\"}");
        assertThat(READER.recognises(sent.bytes())).isTrue();
        assertThat(READER.read(sent.bytes(), "facts.json").facts().list())
                .extracting(Fact::unit)
                .containsExactly(Fact.Unit.NUMBER, Fact.Unit.PERCENT, Fact.Unit.NUMBER, Fact.Unit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            bundle.size         | is no fact: write NAME=NUMBER
            bundle.size=many    | is no fact: write NAME=NUMBER
            bundle.size=3pounds | there is count, seconds, percent
            size=3              | is no name of a fact
            Bundle.Size=3       | is no name of a fact
            """)
    void what_is_no_fact_is_refused_with_the_remedy(String written, String why) {
        assertThatThrownBy(() -> SentFacts.parse(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"slipway":"facts/2","facts":{"a.b":1}}                       | This version reads "facts/1"
            {"slipway":"facts/1","facts":{"tests.failed":0}}              | a name of another kind of evidence
            {"slipway":"facts/1","facts":{"load.p95":0}}                  | a name of another kind of evidence
            {"slipway":"facts/1","facts":{"run.exit":0}}                  | a name of another kind of evidence
            {"slipway":"facts/1","facts":{"a.b":"1"}}                     | should be a number
            {"slipway":"facts/1","facts":{"a.b":{"unit":"count"}}}        | "value" is missing
            {"slipway":"facts/1","facts":{"a.b":{"value":1,"units":"s"}}} | Only "value" and "unit"
            {"slipway":"facts/1","facts":{"a.b":{"value":1,"unit":"x"}}}  | there is count, seconds
            {"slipway":"facts/1","facts":{"a.b":1,"a.b":2}}               | not well-formed JSON
            {"slipway":"facts/1","facts":{}}                              | Say 1 to 100 facts
            {"slipway":"facts/1","facts":{"a.b":1},"more":1}              | Only "slipway" and "facts"
            {"facts":{"a.b":1}}                                           | is missing
            {"slipway":"facts/1","facts":{"a.b":1}} {}                    | Something follows the end
            {"slipway":"facts/1","facts":{"a.b":1e-70}}                   | at most 60 digits
            """)
    void what_does_not_stand_as_it_must_is_refused_with_its_place(String report, String why) {
        assertThatThrownBy(() -> read(report))
                .isInstanceOf(UnreadableEvidence.class)
                .hasMessageContaining(why)
                .hasMessageContaining("at line 1, column");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"slipway":"facts/1","facts":{"a.b":1}}                              | true
            {"slipway":"facts/1","facts":{"a.b":{"value":1.5,"unit":"B"}}}       | true
            {"slipway":"facts/1","facts":{"a-b.c-d.e1":{"value":-1,"unit":"%"}}} | true
            {"slipway":"facts/1","facts":{"a.b":{"value":1,"unit":"/s"}}}        | true
            {"slipway":"facts/2","facts":{"a.b":1}}                              | false
            {"slipway":"facts/1","facts":{}}                                     | false
            {"slipway":"facts/1","facts":{"ab":1}}                               | false
            {"slipway":"facts/1","facts":{"A.b":1}}                              | false
            {"slipway":"facts/1","facts":{"a..b":1}}                             | false
            {"slipway":"facts/1","facts":{"a.b":"1"}}                            | false
            {"slipway":"facts/1","facts":{"a.b":{"unit":"s"}}}                   | false
            {"slipway":"facts/1","facts":{"a.b":{"value":1,"unit":"pounds"}}}    | false
            {"slipway":"facts/1","facts":{"a.b":1},"more":1}                     | false
            """)
    void the_published_schema_and_the_reader_say_the_same(String report, boolean isLegal) throws Exception {
        Schema schema;
        try (InputStream text = SentFacts.class.getResourceAsStream("/dev/slipway/contracts/facts.schema.json")) {
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Objects.requireNonNull(text));
        }
        boolean isRead;
        try {
            isRead = !read(report).isEmpty();
        } catch (UnreadableEvidence refused) {
            isRead = false;
        }

        assertThat(schema.validate(report, InputFormat.JSON).isEmpty()).isEqualTo(isLegal);
        assertThat(isRead).isEqualTo(isLegal);
    }
}
