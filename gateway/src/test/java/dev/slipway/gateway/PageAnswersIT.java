package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.WireJson;
import dev.slipway.testkit.browser.Chromium;
import dev.slipway.testkit.browser.Tab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What people say on the page: by a token of their own, of exactly what they see, in the API's words where it is refused. */
@Tag("thorough")
@EnabledIf(value = "dev.slipway.testkit.browser.Chromium#installed", disabledReason = Chromium.MISSING)
class PageAnswersIT extends PageInBrowser {
    private static final String RELEASE = "releases/hello@1.2.0";
    private static final String SHA = "15695406f0545840cef5ea02ddd5e3882a20f462";
    private static final String DIGEST = "sha256:ec350c430a361d6ed73a825b821edbebffbd932e7d31b8fea89f8ae90110bc54";
    private static final String POLICY = "cdcea88bddbc426fecc5dc0e78970ddf63885fb98370b08c4f253a6484683afc";
    private static final String GUIDE = "0f".repeat(32);
    private static final String ADOPTED = "1e".repeat(32);

    private static final String DUTIES = """
            [{"id": "device-test", "text": "Try <b>it</b>", "by": "qa", "before": "PRODUCTION", "people": 1,
              "fields": ["device", "os"], "state": "DUE", "why": "0 of 1", "answers": []},
             {"id": "browsers", "text": "Look at it", "by": "qa", "before": "PRODUCTION", "people": 1, "fields": [],
              "state": "DUE", "why": "1 of 2", "answers": [],
              "matrix": [{"name": "browsers", "values": ["firefox", "chrome"]}],
              "cells": [{"name": "firefox", "state": "PASSED", "why": "works"},
                        {"name": "chrome", "state": "DUE", "why": "0 of 1"}]},
             {"id": "legal", "text": "Ask legal", "by": "support", "before": "STAGING", "people": 1, "fields": [],
              "state": "PASSED", "why": "yes",
              "answers": [{"result": "PASSED", "by": "cy@example.test", "at": "2026-01-05T10:00:00Z", "reason": "yes",
                "files": [{"name": "<i>letter</i>.html", "digest": "%s", "bytes": 19}]}]}]""".formatted("sha256:" + "d".repeat(64));

    @TempDir
    Path folder = Path.of("");

    /** How much the tests before this one have asked of the same services. */
    private int before;

    @BeforeEach
    void people_are_asked() {
        before = services.asked().size();
        services.enter("hello@1.2.0", "AWAITING_APPROVAL");
        services.change("hello@1.2.0", release -> {
            release.put("approvalsRequired", 2).put("guideHash", GUIDE);
            release.putArray("approvals");
            release.set("duties", WireJson.mapper().readTree(DUTIES));
        });
        services.know("applications/hello/guide", """
                {"application": "hello", "release": "hello@1.2.0", "state": "AWAITING_APPROVAL", "kinds": [],
                 "policyHash": "00ff", "guideHash": "00fe", "file": "RELEASE.md",
                 "tally": {"lines": 0, "covered": 0, "proven": 0, "open": 0}, "lines": []}""");
    }

    private String speaking() {
        String token = TestTokens.token("approver");
        open("/releases/hello@1.2.0");
        shown(".answers", text -> text.contains("Token of whoever answers"));
        tab.value("document.querySelector('.answers [name=token]').focus()");
        tab.type(token);
        tab.press(Tab.Key.ENTER);
        shown(".answers", text -> text.startsWith("Say it here ci@example.test"));
        return token;
    }

    private void click(String selector) {
        tab.value("document.querySelector('%s').click()".formatted(selector));
    }

    private void fill(String selector, String text) {
        tab.value("document.querySelector('%s').focus()".formatted(selector));
        tab.type(text);
    }

    private List<Backend.Asked> said() {
        return services.asked().stream()
                .skip(before)
                .filter(asked -> asked.method().equals("POST"))
                .toList();
    }

    private static JsonNode body(Backend.Asked asked) {
        return WireJson.mapper().readTree(asked.body());
    }

    private static void assertOfExactlyThis(JsonNode body) {
        assertThat(body.path("sha").asString()).isEqualTo(SHA);
        assertThat(body.path("digests").valueStream().map(JsonNode::asString)).containsExactly(DIGEST);
        assertThat(body.path("policyHash").asString()).isEqualTo(POLICY);
    }

    /** A yes is to the guide that the release goes by, besides. */
    private static void assertApproves(JsonNode body, String guideHash) {
        assertOfExactlyThis(body);
        assertThat(body.path("guideHash").asString()).isEqualTo(guideHash);
        assertThat(body.propertyNames()).containsExactlyInAnyOrder("sha", "digests", "policyHash", "guideHash");
    }

    /** Somebody adopts the guide's file, as release-service tells it then. */
    private void adopt() {
        services.change("hello@1.2.0", release -> {
            release.put("guideHash", ADOPTED);
            release.set("guideFile", WireJson.mapper().readTree("""
                    {"file": "RELEASE.md", "state": "DIFFERS", "sha256": "%s",
                     "lines": [{"kind": "ADDED", "id": "licences", "text": "Check the licences", "line": 9}],
                     "adopted": {"by": "ben@example.test", "at": "2026-01-05T10:00:00Z", "reason": "it holds already",
                                 "guideHash": "%s", "fell": ["ada@example.test"]}}""".formatted("2d".repeat(32), ADOPTED)));
        });
    }

    @Test
    void whoever_only_looks_is_asked_for_a_token_of_their_own_and_it_is_in_no_storage_address_or_cookie() {
        String token = speaking();

        assertThat(tab.value("JSON.stringify(sessionStorage) + JSON.stringify(localStorage) + document.cookie")
                        .asString())
                .doesNotContain(token);
        assertThat(tab.value("location.href + history.length + document.documentElement.outerHTML")
                        .asString())
                .doesNotContain(token);
        assertThat(tab.value("document.querySelector('.answers [name=token]') === null")
                        .asBoolean())
                .isTrue();

        click("[data-action=silence]");
        shown(".answers", text -> text.contains("Token of whoever answers"));
        assertThat(said()).isEmpty();
    }

    @Test
    void what_is_no_token_is_said_and_one_that_looks_and_may_answer_needs_no_other() {
        open("/releases/hello@1.2.0");
        shown(".answers", text -> text.contains("Token of whoever answers"));
        fill(".answers [name=token]", "no token");
        tab.press(Tab.Key.ENTER);
        shown(".answers .trouble", text -> text.startsWith("That is no token"));

        openAs("/releases/hello@1.2.0", "viewer", "approver");
        shown(".answers", text -> text.startsWith("Say it here ci@example.test Approve"));
        assertThat(tab.has("[data-action=silence]")).isFalse();
    }

    @Test
    void a_yes_is_of_exactly_what_is_shown_and_goes_with_the_token_of_whoever_says_it() {
        String token = speaking();
        services.take(RELEASE + "/approvals", "hello@1.2.0");

        click("[data-action=say][data-what=approve]");
        shown(
                ".answers .exactly",
                text -> text.equals("Release hello@1.2.0 Commit %s Artifact %s Policy %s Guide 0f0f0f0f0f0f"
                        .formatted(SHA.substring(0, 12), DIGEST.substring(7, 19), POLICY.substring(0, 12))));
        assertThat(said()).isEmpty();
        click(".answers [data-form=approve] [type=submit]");

        shown(".answers .told-so", "On record: the yes of ci@example.test."::equals);
        assertThat(tab.has(".answers [data-form]")).isFalse();
        assertThat(said()).hasSize(1);
        Backend.Asked asked = said().getFirst();
        assertThat(asked.uri().getPath()).isEqualTo("/api/v1/" + RELEASE + "/approvals");
        assertThat(asked.headers().getFirst("Authorization")).isEqualTo("Bearer " + token);
        assertThat(asked.headers().getFirst("Idempotency-Key")).matches("[0-9a-f]{32}");
        assertThat(asked.headers().containsKey("Cookie")).isFalse();
        assertApproves(body(asked), GUIDE);
    }

    @Test
    void of_a_release_without_a_guide_a_yes_names_none() {
        services.change("hello@1.2.0", release -> release.remove("guideHash"));
        speaking();
        services.take(RELEASE + "/approvals", "hello@1.2.0");

        click("[data-action=say][data-what=approve]");
        click(".answers [data-form=approve] [type=submit]");

        shown(".answers .told-so", text -> text.startsWith("On record"));
        assertOfExactlyThis(body(said().getFirst()));
        assertThat(body(said().getFirst()).propertyNames()).containsExactlyInAnyOrder("sha", "digests", "policyHash");
    }

    @Test
    void where_the_guides_file_was_adopted_a_yes_is_to_that_and_a_no_is_of_the_release_as_before() {
        adopt();
        speaking();
        services.take(RELEASE + "/approvals", "hello@1.2.0");
        services.take(RELEASE + "/objections", "hello@1.2.0");

        click("[data-action=say][data-what=approve]");
        shown(".answers .exactly", text -> text.endsWith("Guide 1e1e1e1e1e1e"));
        click(".answers [data-form=approve] [type=submit]");
        shown(".answers .told-so", "On record: the yes of ci@example.test."::equals);
        click("[data-action=say][data-what=object]");
        fill(".answers [data-form=object] [name=reason]", "unclear licence");
        click(".answers [data-form=object] [type=submit]");
        shown(".answers .told-so", "On record: the no of ci@example.test."::equals);

        assertApproves(body(said().getFirst()), ADOPTED);
        assertOfExactlyThis(body(said().getLast()));
        assertThat(body(said().getLast()).propertyNames())
                .containsExactlyInAnyOrder("sha", "digests", "policyHash", "reason");
    }

    @Test
    void a_yes_that_was_begun_before_the_file_was_adopted_is_not_said_and_one_begun_after_it_is() {
        speaking();
        services.take(RELEASE + "/approvals", "hello@1.2.0");
        click("[data-action=say][data-what=approve]");
        shown(".answers .exactly", text -> text.endsWith("Guide 0f0f0f0f0f0f"));

        adopt();
        shown(".facts", text -> text.contains("Guide 1e1e1e1e1e1e"));
        assertThat(tab.text(".answers .exactly")).as("what it was begun for").endsWith("Guide 0f0f0f0f0f0f");
        click(".answers [data-form=approve] [type=submit]");

        shown(".answers .trouble", text -> text.startsWith("The release is not what it was when you began."));
        assertThat(said()).isEmpty();

        click("[data-action=unsay]");
        click("[data-action=say][data-what=approve]");
        shown(".answers .exactly", text -> text.endsWith("Guide 1e1e1e1e1e1e"));
        click(".answers [data-form=approve] [type=submit]");
        shown(".answers .told-so", "On record: the yes of ci@example.test."::equals);
        assertApproves(body(said().getFirst()), ADOPTED);
    }

    @Test
    void a_refusal_is_told_in_the_words_of_the_api_and_said_again_it_has_the_same_key() {
        speaking();
        services.take(
                RELEASE + "/approvals",
                403,
                "{\"detail\":\"ci@example.test <b>wrote</b> it; somebody else approves.\"}");

        click("[data-action=say][data-what=approve]");
        click(".answers [data-form=approve] [type=submit]");
        shown(".answers .trouble", "ci@example.test <b>wrote</b> it; somebody else approves."::equals);
        assertThat(tab.has(".answers [data-form=approve]")).isTrue();

        services.take(RELEASE + "/approvals", "hello@1.2.0");
        click(".answers [data-form=approve] [type=submit]");
        shown(".answers .told-so", text -> text.startsWith("On record"));
        assertThat(said())
                .extracting(asked -> asked.headers().getFirst("Idempotency-Key"))
                .hasSize(2)
                .containsOnly(said().getFirst().headers().getFirst("Idempotency-Key"));
    }

    @Test
    void a_no_takes_a_reason() {
        speaking();
        services.take(RELEASE + "/objections", "hello@1.2.0");

        click("[data-action=say][data-what=object]");
        shown(".answers [data-form=object]", text -> text.contains("Why not"));
        click(".answers [data-form=object] [type=submit]");
        fill(".answers [data-form=object] [name=reason]", " unclear licence ");
        assertThat(said()).as("nothing goes without one").isEmpty();
        click(".answers [data-form=object] [type=submit]");

        shown(".answers .told-so", "On record: the no of ci@example.test."::equals);
        assertOfExactlyThis(body(said().getFirst()));
        assertThat(body(said().getFirst()).path("reason").asString()).isEqualTo("unclear licence");
    }

    @Test
    void a_duty_is_answered_with_what_it_asks_for_and_its_files_go_before_it() throws IOException {
        speaking();
        Path photo = Files.writeString(folder.resolve("photo.png"), "a photo");
        services.take(RELEASE + "/duties/device-test/files", 201, """
                {"name": "photo.png", "digest": "sha256:%s", "bytes": 7}""".formatted("e".repeat(64)));
        services.take(RELEASE + "/duties/device-test", "hello@1.2.0");

        click("[data-action=say][data-duty=device-test]");
        shown(".answers [data-form=duty]", text -> text.contains("device") && text.contains("Files, up to 10 of 8 MB"));
        assertThat(tab.text("[data-action=say][data-duty=device-test]")).isEqualTo("Try <b>it</b> device-test, qa");
        tab.value("document.querySelector('.answers [name=result]').value = 'PASSED'");
        fill(".answers [name=\"field device\"]", "Pixel 9");
        fill(".answers [name=reason]", "tried every screen");
        fill(".answers [name=links]", "https://tests.example.test/12");
        tab.choose(".answers [name=file]", photo);
        services.change("hello@1.2.0", release -> release.put("ordinal", 4)); // drawn again, with what was typed
        shown(".facts", text -> text.contains("Number 4"));
        assertThat(tab.value("document.querySelector('.answers [name=reason]').value")
                        .asString())
                .isEqualTo("tried every screen");
        click(".answers [data-form=duty] [type=submit]");

        shown(".answers .told-so", "On record: the answer to device-test of ci@example.test."::equals);
        assertThat(said())
                .extracting(asked -> asked.uri().getPath() + "?" + asked.uri().getQuery())
                .containsExactly(
                        "/api/v1/" + RELEASE + "/duties/device-test/files?name=photo.png",
                        "/api/v1/" + RELEASE + "/duties/device-test?null");
        assertThat(said().getFirst().body()).isEqualTo("a photo");
        assertThat(said().getFirst().headers().getFirst("Content-Type")).startsWith("application/octet-stream");
        JsonNode answer = body(said().getLast());
        assertOfExactlyThis(answer);
        assertThat(answer.path("result").asString()).isEqualTo("PASSED");
        assertThat(answer.path("reason").asString()).isEqualTo("tried every screen");
        assertThat(answer.path("fields")).isEqualTo(WireJson.mapper().readTree("{\"device\": \"Pixel 9\"}"));
        assertThat(answer.path("links")).isEqualTo(WireJson.mapper().readTree("[\"https://tests.example.test/12\"]"));
        assertThat(answer.path("files"))
                .isEqualTo(WireJson.mapper()
                        .readTree("[{\"name\": \"photo.png\", \"digest\": \"sha256:%s\"}]".formatted("e".repeat(64))));
    }

    @Test
    void a_duty_of_cells_is_answered_for_those_that_were_chosen() {
        speaking();
        services.take(RELEASE + "/duties/browsers", "hello@1.2.0");

        click("[data-action=say][data-duty=browsers]");
        shown(".answers fieldset", "Of which cells firefox passed chrome due each that I have not answered"::equals);
        click(".answers [name=cell][value=chrome]");
        tab.value("document.querySelector('.answers [name=result]').value = 'FAILED'");
        fill(".answers [name=reason]", "it freezes");
        click(".answers [data-form=duty] [type=submit]");

        shown(".answers .told-so", text -> text.contains("browsers"));
        JsonNode answer = body(said().getFirst());
        assertThat(answer.path("cells")).isEqualTo(WireJson.mapper().readTree("[\"chrome\"]"));
        assertThat(answer.path("result").asString()).isEqualTo("FAILED");
        assertThat(answer.has("files") || answer.has("links") || answer.has("fields"))
                .isFalse();
    }

    @Test
    void where_nobody_is_asked_nothing_is_offered_and_what_was_begun_ends_with_the_release() {
        speaking();
        click("[data-action=say][data-what=approve]");
        shown(".answers [data-form=approve]", text -> text.contains("Approve exactly this"));

        tab.value("location.hash = '#/releases/hello@1.0.0'");
        shown("main h1", "hello 1.0.0"::equals);
        assertThat(tab.has(".answers")).isFalse();

        tab.value("location.hash = '#/releases/hello@1.2.0'");
        shown(".answers", text -> text.contains("Approve"));
        assertThat(tab.has(".answers [data-form=approve]")).isFalse();
    }

    @Test
    void a_file_of_an_answer_is_a_text_and_is_saved_not_shown() {
        services.know(RELEASE + "/files/sha256:" + "d".repeat(64), "<script>1</script>");
        open("/releases/hello@1.2.0");
        shown(".duties .files", "<i>letter</i>.html 19 bytes"::equals);
        assertThat(tab.has(".duties .files i")).isFalse();

        click(".duties .files a");

        await().atMost(LOADED_WITHIN)
                .until(() -> services.asked().stream()
                        .anyMatch(asked -> asked.uri().getPath().endsWith("/files/sha256:" + "d".repeat(64))));
        assertThat(tab.value("location.hash").asString()).isEqualTo("#/releases/hello@1.2.0");
        assertThat(tab.has(".duties .trouble")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AWAITING_APPROVAL | 2 | null               | approve object",
                "AWAITING_APPROVAL | 0 | null               | ''",
                "AWAITING_APPROVAL | 0 | {veto: []}         | object",
                "CANDIDATE         | 2 | {veto: [1]}        | object",
                "CANDIDATE         | 2 | {veto: []}         | ''",
                "BAKING            | 2 | {veto: [1]}        | ''",
                "COMPLETED         | 2 | null               | ''"
            })
    void what_may_be_said_follows_from_where_the_release_is(String state, int required, String vote, String what) {
        open("/releases/hello@1.2.0");
        shown("main h1", "hello 1.2.0"::equals);

        assertThat(tab.value("""
                        import('/page/answers.js').then(({ sayable }) => sayable(
                          { state: '%s', approvalsRequired: %d, vote: %s, duties: [{ id: 'open', state: 'OPEN' }] })
                          .map(({ what }) => what).join(' '))""".formatted(state, required, vote)).asString()).isEqualTo(what);
    }

    @Test
    void of_what_is_another_release_than_when_it_was_begun_nothing_is_said() {
        open("/releases/hello@1.2.0");
        shown("main h1", "hello 1.2.0"::equals);

        JsonNode same = tab.value("""
                import('/page/saying.js').then(({ unlike }) => {
                  const release = { id: 'a@1.0.0', sha: '1', artifacts: [{ digest: '2' }], policyHash: '3', guideHash: '4' };
                  const word = { id: 'a@1.0.0', what: 'approve', exact: { sha: '1', digests: ['2'], policyHash: '3', guideHash: '4' } };
                  return [release, { ...release, id: 'b@1.0.0' }, { ...release, sha: '9' }, { ...release, policyHash: '9' },
                    { ...release, guideHash: '9' }, { ...release, guideHash: undefined },
                    { ...release, artifacts: [] }, null].map((each) => unlike(word, each) === null)
                    .concat(unlike({ ...word, what: 'duty' }, { ...release, guideHash: '9' }) === null);
                })""");

        assertThat(same.valueStream().map(JsonNode::asBoolean))
                .as("an answer is not of the guide")
                .containsExactly(true, false, false, false, false, false, false, false, true);
    }

    @Test
    void files_that_cannot_stand_with_an_answer_are_not_sent() {
        open("/releases/hello@1.2.0");
        shown("main h1", "hello 1.2.0"::equals);

        JsonNode wrong = tab.value("""
                import('/page/answers.js').then(({ wrongFiles }) => [
                  [{ name: 'a', size: 1 }, { name: 'b', size: 8 * 1024 * 1024 }],
                  [{ name: 'a', size: 1 }, { name: 'a', size: 2 }],
                  [{ name: 'a', size: 0 }], [{ name: 'a', size: 8 * 1024 * 1024 + 1 }],
                  Array.from({ length: 11 }, (_, i) => ({ name: String(i), size: 1 })),
                ].map((files) => wrongFiles(files) ?? ''))""");

        assertThat(wrong.path(0).asString()).isEmpty();
        assertThat(wrong.path(1).asString()).contains("a name of its own");
        assertThat(wrong.path(2).asString()).contains("1 byte to 8 MB");
        assertThat(wrong.path(3).asString()).contains("1 byte to 8 MB");
        assertThat(wrong.path(4).asString()).contains("at most 10 files, these are 11");
    }

    @ParameterizedTest
    @CsvSource({"390, light", "390, dark", "1360, light", "1360, dark"})
    void every_text_of_the_forms_can_be_read_and_nothing_is_wider_than_the_screen(int width, String scheme) {
        tab.screen(width, 844, scheme);
        services.change(
                "hello@1.2.0", release -> ((ObjectNode) release.path("duties").path(1)).put("text", "x".repeat(300)));
        openAs("/releases/hello@1.2.0", "viewer", "approver");
        shown(".answers", text -> text.contains("Approve"));
        click("[data-action=say][data-duty=browsers]");
        shown(".answers fieldset", text -> text.contains("firefox"));

        JsonNode contrast = tab.value(PageIT.resource("/page/contrast.js"));

        assertThat(contrast.path("weak").valueStream().map(JsonNode::asString)).isEmpty();
        assertThat(tab.value("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(width);
    }
}
