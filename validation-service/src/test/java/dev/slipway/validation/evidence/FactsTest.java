package dev.slipway.validation.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.messaging.MessagingJson;
import dev.slipway.validation.evidence.Fact.Unit;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FactsTest {
    @Test
    void counts_and_seconds_add_up_and_percentages_do_not() {
        Facts one = new Facts(List.of(Fact.count("tests.total", 3), fact("tests.seconds", "0.1", Unit.SECONDS)));
        Facts two = new Facts(List.of(
                Fact.count("tests.total", 4),
                fact("tests.seconds", "0.2", Unit.SECONDS),
                fact("coverage.lines", "80.5", Unit.PERCENT)));

        assertThat(one.plus(two).toString()).isEqualTo("tests.total 7, tests.seconds 0.3");
    }

    @Test
    void of_several_times_that_something_went_on_the_shortest_counts_and_none_where_one_is_not_said() {
        Facts hour = new Facts(List.of(Fact.count("load.requests", 3), fact("load.seconds", "3600", Unit.DURATION)));
        Facts half = new Facts(List.of(Fact.count("load.requests", 4), fact("load.seconds", "1800", Unit.DURATION)));
        Facts silent = new Facts(List.of(Fact.count("load.requests", 5)));

        assertThat(hour.plus(half).toString()).isEqualTo("load.requests 7, load.seconds 1800");
        assertThat(half.plus(hour).toString()).isEqualTo("load.requests 7, load.seconds 1800");
        assertThat(hour.plus(silent).plus(half).toString()).isEqualTo("load.requests 12");
        assertThat(Facts.together(List.of(silent, hour, half)).named("load.seconds"))
                .isEmpty();
        Facts exit = new Facts(List.of(fact("run.exit", "0", Unit.STATUS)));
        assertThat(hour.plus(exit).named("load.seconds"))
                .as("an exit status is no report")
                .isPresent();
    }

    @Test
    void equal_numbers_are_equal_facts_however_they_were_written() {
        assertThat(fact("a", "100.0", Unit.COUNT)).isEqualTo(Fact.count("a", 100));
        assertThat(Fact.count("a", 100)).hasToString("a 100");
    }

    @Test
    void a_fact_keeps_every_digit_on_its_way_through_json() {
        Fact exact = fact("tests.seconds", "0.1234567890123456789", Unit.SECONDS);
        String json = MessagingJson.mapper().writeValueAsString(exact);

        assertThat(MessagingJson.mapper().readValue(json, Fact.class)).isEqualTo(exact);
    }

    @Test
    void a_number_of_a_million_digits_is_refused() {
        assertThatThrownBy(() -> fact("a", "1e1000000", Unit.COUNT)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Fact fact(String name, String value, Unit unit) {
        return new Fact(name, new BigDecimal(value), unit);
    }
}
