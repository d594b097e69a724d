package dev.slipway.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ci.CiTypes;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WireTypesTest {
    @Test
    void every_wire_type_has_a_stored_sample_and_a_record_that_reads_it() throws Exception {
        Set<String> declared = declared();

        assertThat(declared).hasSizeGreaterThan(20).containsExactlyInAnyOrderElementsOf(WireSamples.BODIES.keySet());
        assertThat(declared)
                .allSatisfy(type -> assertThat(WireSamples.find(type)).isPresent());
    }

    @Test
    void every_stored_sample_belongs_to_a_declared_type() throws Exception {
        Path folder = Path.of(WireSamples.class.getResource("/samples").toURI());
        try (Stream<Path> samples = Files.list(folder)) {
            assertThat(samples.map(path -> path.getFileName().toString().replaceAll("\\.json$", "")))
                    .containsExactlyInAnyOrderElementsOf(declared().stream()
                            .map(type -> type.replaceAll("\\.$", ""))
                            .toList());
        }
    }

    @Test
    void a_wire_type_names_a_noun_a_verb_and_a_version() throws Exception {
        Set<String> ours = declared();
        ours.removeIf(type -> type.startsWith("dev.cdevents.")); // theirs, by prefix

        assertThat(ours).allMatch(type -> type.matches("dev\\.slipway\\.[a-z]+\\.[a-z]+\\.v[1-9][0-9]*"));
    }

    @Test
    void every_topic_has_a_dead_letter_topic_with_as_many_partitions_and_only_the_traffic_table_is_compacted() {
        List<Topics.Topic> topics = Topics.all(6);

        assertThat(topics).hasSize(20).allMatch(topic -> topic.partitions() == 6);
        assertThat(topics.stream().filter(Topics.Topic::compacted).map(Topics.Topic::name))
                .containsExactly(Topics.TRAFFIC);
        assertThat(topics.stream().map(Topics.Topic::name).filter(name -> !name.endsWith("-dlt")))
                .allMatch(name -> topics.stream().anyMatch(topic -> topic.name().equals(name + "-dlt")));
    }

    /** The values of all constants of all classes whose name ends in Types. */
    private static Set<String> declared() throws IOException, URISyntaxException, ReflectiveOperationException {
        Path classes = Path.of(CiTypes.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> names;
        try (Stream<Path> files = Files.walk(classes)) {
            names = files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith("Types.class"))
                    .map(file -> file.replaceAll("\\.class$", "").replace('/', '.'))
                    .toList();
        }
        Set<String> values = new TreeSet<>();
        for (String name : names) {
            for (var constant : Class.forName(name).getFields()) {
                values.add((String) constant.get(null));
            }
        }
        return values;
    }
}
