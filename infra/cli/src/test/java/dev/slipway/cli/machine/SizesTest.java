package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SizesTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void every_byte_belongs_to_one_part() throws IOException {
        Home home = new Home(folder);
        home.prepare();
        Files.write(home.logs().resolve("gateway.log"), new byte[10]);
        Files.createDirectories(home.runs().resolve("abc/aot"));
        Files.write(home.runs().resolve("abc/gateway.jar"), new byte[200]);
        Files.write(home.runs().resolve("abc/aot/gateway.aot"), new byte[3_000]);
        Files.write(home.environment(), new byte[5]);

        assertThat(Sizes.of(home))
                .extracting(part -> part.name() + " " + part.bytes())
                .containsExactly("data 0", "logs 10", "artifacts 0", "run 200", "caches 3000", "demo 0", "other 5");
    }

    @Test
    void a_part_past_its_bound_is_told_and_one_without_a_bound_never() {
        assertThat(new Sizes.Part("logs", 11, 10).tooLarge()).isTrue();
        assertThat(new Sizes.Part("logs", 10, 10).tooLarge()).isFalse();
        assertThat(new Sizes.Part("other", Long.MAX_VALUE, 0).tooLarge()).isFalse();
    }

    @Test
    void a_home_that_is_not_there_has_no_parts() {
        assertThat(Sizes.of(new Home(folder.resolve("nowhere")))).isEmpty();
    }
}
