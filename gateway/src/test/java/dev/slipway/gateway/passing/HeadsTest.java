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
    void what_follows_a_body_passes_unless_it_belongs_in_a_head_or_is_ours_to_say() {
        List<String> version = new ArrayList<>();
        RequestHead.trailers(
                lines(
                        "X-Sum: 1",
                        "HOST: a",
                        "Content-Length: 3",
                        "Cookie: a=1",
                        "authorization: b",
                        "x-forwarded-for: c",
                        "Slipway-Probe: 1",
                        TRACE,
                        "X-Sum: 2"),
                (name, value) -> version.add(name + ": " + value));
        assertThat(version).containsExactly("X-Sum: 1", "X-Sum: 2");
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

    @Test
    void an_upgrade_goes_on_where_one_is_asked_for_and_te_trailers_to_http_2() {
        String[] lines = {"Connection: keep-alive, Upgrade", "Upgrade: websocket", "TE: gzip, trailers", TRACE};
        assertThat(request(RequestHead.Kept.UPGRADE, lines))
                .startsWith("Connection: Upgrade", "Upgrade: websocket", TRACE)
                .noneMatch(line -> line.startsWith("TE"));
        assertThat(request(RequestHead.Kept.TRAILERS, lines)).startsWith("TE: trailers", TRACE);
        assertThat(request(RequestHead.Kept.NOTHING, lines)).startsWith(TRACE);
    }

    @Test
    void an_answer_that_switches_protocols_says_so() {
        assertThat(answer(101, Framing.NONE, "Upgrade: websocket", "connection: Upgrade", "Sec-WebSocket-Accept: x"))
                .startsWith("Upgrade: websocket", "connection: Upgrade", "Sec-WebSocket-Accept: x");
        assertThat(answer(200, Framing.LENGTH, "Upgrade: h2c", "Connection: Upgrade, close"))
                .noneMatch(line -> line.startsWith("Upgrade") || line.startsWith("Connection"));
    }

    private static List<String> request(String... lines) {
        return request(RequestHead.Kept.NOTHING, lines);
    }

    private static List<String> request(RequestHead.Kept kept, String... lines) {
        List<String> version = new ArrayList<>();
        RequestHead.Way way = new RequestHead.Way(
                WAY.issuer(), WAY.probe(), WAY.host(), WAY.scheme(), WAY.client(), WAY.prefix(), WAY.trace(), kept);
        RequestHead.edit(lines(lines), way, (name, value) -> version.add(name + ": " + value));
        return version;
    }

    private static List<String> answer(Framing framing, String... lines) {
        return answer(200, framing, lines);
    }

    private static List<String> answer(int status, Framing framing, String... lines) {
        List<String> client = new ArrayList<>();
        AnswerHead.edit(lines(lines), status, framing, "1.0.0", null, (name, value) -> client.add(name + ": " + value));
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
