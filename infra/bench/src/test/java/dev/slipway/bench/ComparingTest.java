package dev.slipway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparingTest {
    @Test
    void a_ratio_is_the_median_of_those_within_a_round_not_of_the_medians() {
        List<Double> split = List.of(10.0, 40.0, 90.0);
        List<Double> nginx = List.of(100.0, 100.0, 100.0);

        assertThat(Comparing.ratio(split, nginx)).isEqualTo(0.4);
        assertThat(Comparing.ratio(List.of(10.0, 5.0, 60.0), List.of(20.0, 50.0, 100.0)))
                .isEqualTo(0.5);
    }

    @Test
    void without_anything_to_compare_with_there_is_no_ratio() {
        assertThat(Comparing.ratio(List.of(1.0), List.of())).isNull();
        assertThat(Comparing.ratio(List.of(1.0), List.of(0.0))).isNull();
        assertThat(Comparing.median(List.of())).isZero();
        assertThat(Comparing.median(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(2.5);
    }

    @Test
    void what_could_not_be_measured_is_not_reached() {
        assertThat(new Goal("x", null, false, 1).reached()).isFalse();
        assertThat(new Goal("x", 1.0, false, 1).reached()).isTrue();
        assertThat(new Goal("x", 1.01, false, 1).reached()).isFalse();
        assertThat(new Goal("x", 0.33, true, 0.33).reached()).isTrue();
        assertThat(new Goal("x", 0.32, true, 0.33).reached()).isFalse();
    }

    @Test
    void processor_time_is_read_past_a_name_with_spaces_and_brackets() {
        String stat = "42 (a ) b) S 1 2 3 4 5 6 7 8 9 10 1500 250 0 0 20 0 1 0";

        assertThat(ProcessFigures.processorSeconds(stat)).hasValue(17.5);
    }

    @Test
    void nginx_listens_on_this_machine_alone_and_splits_to_the_version() {
        String text = Nginx.configuration(Path.of("/somewhere"), 1234, 5678);

        assertThat(text)
                .contains("listen 127.0.0.1:1234", "server 127.0.0.1:5678;", "10% canary", "pid /somewhere/pid;")
                .doesNotContain("user ");
    }
}
