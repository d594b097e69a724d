package dev.slipway.deployment.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
    private final Masking masking = new Masking(List.of("s3same-open", "abc"));

    @Test
    void a_known_secret_is_shown_nowhere_and_one_too_short_to_be_one_hides_no_words() {
        assertThat(masking.masked("tried s3same-open twice: s3same-open; abcde"))
                .isEqualTo("tried *** twice: ***; abcde");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            password=hunter2, user=x                        | password=***, user=x
            DB_PASSWORD: "hun ter2" and more                | DB_PASSWORD: *** and more
            {"api_key":"k-123","port":1}                    | {"api_key":***,"port":1}
            Authorization: Bearer abc.def                   | Authorization: ***
            sent Bearer abcdefgh1234                        | sent Bearer ***
            connecting to postgres://app:pw@db:5432/x       | connecting to postgres://***@db:5432/x
            token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln | token ***
            key AKIAIOSFODNN7EXAMPLE used                   | key *** used
            secret => deep                                  | secret => ***
            """)
    void what_looks_like_a_secret_is_masked(String line, String shown) {
        assertThat(masking.masked(line)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "listening on port 8080",
                "java.lang.IllegalStateException: no database",
                "at com.example.Secrets.read(Secrets.java:12)",
                "GET /health 200 in 3 ms",
                "http://127.0.0.1:8080/health"
            })
    void an_ordinary_line_stays_as_it_is(String line) {
        assertThat(masking.masked(line)).isEqualTo(line);
    }
}
