package dev.slipway.gateway.passing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.StatusRule.Meaning;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcStatusTest {
    @ParameterizedTest
    @CsvSource({
        "0, NEITHER", "1, NEITHER", "2, ERROR", "3, REFUSAL", "4, ERROR", "5, REFUSAL", "6, REFUSAL", "7, REFUSAL",
        "8, REFUSAL", "9, REFUSAL", "10, REFUSAL", "11, REFUSAL", "12, ERROR", "13, ERROR", "14, ERROR", "15, ERROR",
        "16, REFUSAL", "17, ERROR", "x, ERROR", ", ERROR"
    })
    void a_status_says_whether_the_server_failed(@Nullable String status, Meaning meaning) {
        assertThat(GrpcStatus.meaning(status)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/grpc", "application/grpc+proto", "Application/gRPC; x=1", " application/grpc"})
    void these_are_calls(String type) {
        assertThat(GrpcStatus.endsWithOne(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/grpc-web", "application/grpc-web+proto", "application/json", ""})
    void these_are_none(String type) {
        assertThat(GrpcStatus.endsWithOne(type)).isFalse();
    }

    @Test
    void an_answer_without_a_type_is_none() {
        assertThat(GrpcStatus.endsWithOne(null)).isFalse();
    }
}
