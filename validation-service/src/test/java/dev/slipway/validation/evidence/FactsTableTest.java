package dev.slipway.validation.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is published of kinds and facts is what the readers say: the table for people, the list for whoever stores policies,
 * and the kinds in the policy's schema. {@code -Dslipway.facts.rewrite=true} writes all three again.
 */
final class FactsTableTest {
    private static final EvidenceReaders READERS = EvidenceReaders.shipped(new JUnitReader.Limits(32, 500_000));
    private static final Path CONTRACTS =
            Path.of("..", "infra", "contracts", "src", "main", "resources", "dev", "slipway", "contracts");
    private static final Path KINDS = CONTRACTS.resolve("evidence-kinds.json");
    private static final Path SCHEMA = CONTRACTS.resolve("release-policy.schema.json");
    private static final Path DOCUMENT = Path.of("..", "infra", "docs", "facts.md");
    private static final Pattern IN_THE_SCHEMA = Pattern.compile("\"evidence\": \\{\"enum\": \\[([^\\]]*)\\]\\}");
    private static final KnownFact EXIT = KnownFact.lower(
            RunRecord.FACT, Fact.Unit.STATUS, "how the run's command ended, where --exit or evidence run told it");

    @Test
    void what_is_published_is_what_the_readers_say() throws IOException {
        if (Boolean.getBoolean("slipway.facts.rewrite")) {
            Files.writeString(KINDS, kinds());
            Files.writeString(DOCUMENT, document());
            Files.writeString(
                    SCHEMA,
                    IN_THE_SCHEMA
                            .matcher(Files.readString(SCHEMA))
                            .replaceFirst(Matcher.quoteReplacement("\"evidence\": {\"enum\": [" + listed() + "]}")));
        }

        assertThat(Files.readString(KINDS)).isEqualTo(kinds());
        assertThat(Files.readString(DOCUMENT)).isEqualTo(document());
        assertThat(Files.readString(SCHEMA)).contains("\"evidence\": {\"enum\": [" + listed() + "]}");
    }

    @Test
    void a_fact_is_of_one_unit_and_one_direction_whichever_kind_says_it() {
        Map<String, Set<String>> ways = new TreeMap<>();
        for (EvidenceReader reader : READERS.list()) {
            for (KnownFact fact : reader.facts()) {
                ways.computeIfAbsent(fact.name(), _ -> new LinkedHashSet<>()).add(fact.unit() + " " + fact.better());
            }
        }

        assertThat(ways).allSatisfy((name, all) -> assertThat(all).as(name).hasSize(1));
    }

    @Test
    void no_two_readers_have_the_same_kind_and_no_reader_names_a_fact_twice() {
        assertThat(READERS.kinds()).doesNotHaveDuplicates().allMatch(kind -> kind.matches("[a-z0-9]+(-[a-z0-9]+)*"));
        assertThat(READERS.list())
                .allSatisfy(reader -> assertThat(reader.facts())
                        .as(reader.kind())
                        .extracting(KnownFact::name)
                        .doesNotHaveDuplicates());
    }

    private static String listed() {
        return READERS.kinds().stream().map(kind -> "\"" + kind + "\"").collect(Collectors.joining(", "));
    }

    private static String kinds() {
        Map<String, Map<String, String>> all = new TreeMap<>();
        for (EvidenceReader reader : READERS.list()) {
            Map<String, String> units = new TreeMap<>();
            units.put(EXIT.name(), EXIT.unit().name());
            reader.facts().forEach(fact -> units.put(fact.name(), fact.unit().name()));
            all.put(reader.kind(), units);
        }
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(all)
                + "\n";
    }

    /** One fact with the kinds that say it so. */
    private record Row(KnownFact fact) implements Comparable<Row> {
        @Override
        public int compareTo(Row other) {
            int byName = fact.name().compareTo(other.fact.name());
            return byName != 0 ? byName : fact.meaning().compareTo(other.fact.meaning());
        }

        String line(List<String> kinds) {
            return "| `%s` | %s | %s | %s | %s |"
                    .formatted(
                            fact.name(),
                            unit(fact.unit()),
                            fact.better().name().toLowerCase(Locale.ROOT),
                            kinds.size() == READERS.list().size() ? "all" : String.join(", ", kinds),
                            fact.meaning().replace("|", "\\|"));
        }
    }

    private static String unit(Fact.Unit unit) {
        return switch (unit) {
            case COUNT -> "count";
            case SECONDS -> "seconds";
            case PERCENT -> "%";
            case STATUS -> "exit status";
            case SCORE -> "score";
            case LATENCY -> "seconds of waiting";
            case DURATION -> "seconds that it went on";
            case RATE -> "a second";
            case NUMBER -> "number";
            case UNKNOWN -> "as the sender says";
        };
    }

    private static String document() {
        Map<Row, List<String>> rows = new TreeMap<>();
        for (EvidenceReader reader : READERS.list()) {
            for (KnownFact fact : reader.facts()) {
                rows.computeIfAbsent(new Row(fact), _ -> new ArrayList<>()).add(reader.kind());
            }
            rows.computeIfAbsent(new Row(EXIT), _ -> new ArrayList<>()).add(reader.kind());
        }
        String lines = rows.entrySet().stream()
                .map(row -> row.getKey().line(row.getValue().stream().sorted().toList()))
                .collect(Collectors.joining("\n"));
        return """
                # Facts that gates can ask for
                Made of the readers by a test (`mvn -pl validation-service test -Dtest=FactsTableTest -Dslipway.facts.rewrite=true`); \
                how gates ask for them is in [evidence.md](evidence.md). A name that ends in `.*` stands for all that begin so: \
                the report says them. What a report does not say is absent, never 0, and a gate that asks for it is inconclusive.

                Of several reports that count together (files of one push, parts and pushes of one attempt) counts and seconds \
                add up; of exit statuses, scores and seconds of waiting the largest counts; of seconds that something went on the \
                shortest, and nothing where one of them does not say it; of percentages, rates and other numbers nothing can \
                be said, unless the kind's reader says how (coverage is made of its counts).

                | fact | unit | better is | from | meaning |
                |---|---|---|---|---|
                %s

                Kinds, as in a gate's `evidence:`, in `?kind=` and in `--kind`: %s.
                """.formatted(
                lines, READERS.kinds().stream().map(kind -> "`" + kind + "`").collect(Collectors.joining(", ")));
    }
}
