package dev.slipway.gateway.passing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Cohort;
import dev.slipway.gateway.passing.AnswerHead.Framing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeadsTest {
    private static final String TRACE = "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final RequestHead.Way WAY = new RequestHead.Way("slipway", false, "h", "https", "::1", "", "00-new");

    @Test
    void lines_keep_their_bytes_their_order_and_their_number() {
        assertThat(request("B: 2", "a: 1", TRACE, "b: 3", "A:  x \u00ff"))
                .containsSubsequence("B: 2", "a: 1", TRACE, "b: 3");
    }

    @Test
    void a_request_tells_how_it_came() {
        assertThat(request("x-forwarded-for: 1", "X-Forwarded-Anything: 2", "Forwarded: 3"))
                .containsExactly(
                        "X-Forwarded-Host: h",
                        "X-Forwarded-Proto: https",
                        "X-Forwarded-For: ::1",
                        "traceparent: 00-new");
    }

    @Test
    void a_trace_that_is_none_is_begun_anew() {
        for (String none : new String[] {
            "traceparent: nonsense",
            "traceparent: 00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "traceparent: 00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "traceparent: ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        }) {
            assertThat(request(none)).contains("traceparent: 00-new").doesNotContain(none);
        }
        assertThat(request(TRACE)).contains(TRACE).doesNotContain("traceparent: 00-new");
    }

    @Test
    void of_cookies_only_ours_is_taken_out() {
        assertThat(request("Cookie: a=1;  b=\u00df ;c", TRACE)).contains("Cookie: a=1;  b=\u00df ;c");
        assertThat(request("Cookie: slipway-client=x; a=1;b=slipway-client=2"))
                .contains("Cookie: a=1;b=slipway-client=2");
        assertThat(request("Cookie: a=1; slipway-client=x")).contains("Cookie: a=1");
        assertThat(request("Cookie: slipway-client=x")).noneMatch(line -> line.startsWith("Cookie"));
        assertThat(request("Cookie: my-slipway-client=x")).contains("Cookie: my-slipway-client=x");
    }

    @Test
    void a_token_of_slipways_stays_and_the_applications_own_pass() {
        String ours = token("{\"iss\":\"slipway\"}");
        assertThat(request("Authorization: Bearer " + ours)).noneMatch(line -> line.startsWith("Auth"));
        assertThat(request("authorization: bearer  " + ours)).noneMatch(line -> line.startsWith("auth"));
        for (String theirs :
                new String[] {"Bearer " + token("{\"iss\":\"x\"}"), "Bearer a.b", "Bearer a.!.c", "Basic x"}) {
            assertThat(request("Authorization: " + theirs)).contains("Authorization: " + theirs);
        }
    }

    @Test
    void where_an_answers_body_ends_is_told_as_the_client_understands_it() {
        assertThat(AnswerHead.framing(false, 200, true, false, true)).isEqualTo(Framing.LENGTH);
        assertThat(AnswerHead.framing(false, 200, false, true, true)).isEqualTo(Framing.CHUNKED);
        assertThat(AnswerHead.framing(false, 200, true, true, true)).isEqualTo(Framing.CHUNKED);
        assertThat(AnswerHead.framing(false, 200, false, false, true)).isEqualTo(Framing.CHUNKED);
        assertThat(AnswerHead.framing(false, 200, false, true, false)).isEqualTo(Framing.CLOSE);
        assertThat(AnswerHead.framing(false, 204, false, false, true)).isEqualTo(Framing.NONE);
        assertThat(AnswerHead.framing(false, 304, true, false, true)).isEqualTo(Framing.NONE);
        assertThat(AnswerHead.framing(true, 200, true, false, true)).isEqualTo(Framing.NONE);
        assertThat(AnswerHead.framing(true, 200, false, false, true)).isEqualTo(Framing.NONE_OF_CHUNKS);
        assertThat(AnswerHead.framing(true, 200, false, false, false)).isEqualTo(Framing.NONE);
    }

    @Test
    void an_answer_says_its_framing_once() {
        assertThat(answer(Framing.CHUNKED, "A: 1", "Content-Length: 3", "transfer-encoding: chunked"))
                .containsExactly("A: 1", "transfer-encoding: chunked", "Slipway-Version: 1.0.0");
        assertThat(answer(Framing.CHUNKED, "A: 1"))
                .containsExactly("A: 1", "Transfer-Encoding: chunked", "Slipway-Version: 1.0.0");
        assertThat(answer(Framing.CLOSE, "Transfer-Encoding: chunked", "slipway-version: forged"))
                .containsExactly("Slipway-Version: 1.0.0");
    }

    @Test
    void a_cohort_is_told_by_exactly_its_header_or_cookie() {
        Cohort header = new Cohort(Cohort.Source.HEADER, "X-Beta", "1");
        assertThat(Cohorts.carries(name -> name.equals("X-Beta") ? List.of("0", "1") : List.of(), header))
                .isTrue();
        assertThat(Cohorts.carries(_ -> List.of("1, 2"), header)).isFalse();
        Cohort cookie = new Cohort(Cohort.Source.COOKIE, "beta", "1");
        assertThat(Cohorts.carries(_ -> List.of("a=1; beta=1"), cookie)).isTrue();
        assertThat(Cohorts.carries(_ -> List.of("beta=12; xbeta=1"), cookie)).isFalse();
    }

    private static String token(String claims) {
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".x";
    }

    private static List<String> request(String... lines) {
        List<String> version = new ArrayList<>();
        RequestHead.edit(lines(lines), WAY, (name, value) -> version.add(name + ": " + value));
        return version;
    }

    private static List<String> answer(Framing framing, String... lines) {
        List<String> client = new ArrayList<>();
        AnswerHead.edit(lines(lines), 200, framing, "1.0.0", null, (name, value) -> client.add(name + ": " + value));
        return client;
    }

    private static HeaderLines lines(String... lines) {
        List<Map.Entry<CharSequence, CharSequence>> entries = Arrays.stream(lines)
                .map(line -> line.split(": ", 2))
                .map(parts -> Map.entry((CharSequence) parts[0], (CharSequence) parts[1]))
                .toList();
        return entries::iterator;
    }
}
