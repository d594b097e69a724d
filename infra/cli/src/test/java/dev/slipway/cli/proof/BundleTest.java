package dev.slipway.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.chain.Link;
import dev.slipway.chain.Proof;
import dev.slipway.contracts.WireJson;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the records of a release add up to. */
final class BundleTest {
    private static Link link(String record) {
        return new Link(WireJson.mapper().readTree(record), null);
    }

    @Test
    void lists_are_what_records_set_with_what_later_ones_added_to_them() {
        List<Link> records = Stream.of(
                        "{\"set\":{\"feedback\":[\"a\"],\"hold\":1},\"unset\":[]}",
                        "{\"set\":{},\"unset\":[\"hold\"],\"added\":{\"feedback\":[\"b\"],\"more\":[\"x\"]}}",
                        "{\"set\":{},\"unset\":[],\"added\":{\"feedback\":[\"c\"]}}")
                .map(BundleTest::link)
                .toList();
        Proof proof = new Proof("release-service/release/hello@1.0.0", records, null, List.of(), null);

        assertThat(new Bundle(proof, List.of(), List.of(), List.of(), null).state())
                .isEqualTo(WireJson.mapper().readTree("{\"feedback\":[\"a\",\"b\",\"c\"],\"more\":[\"x\"]}"));
    }
}
