package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.testkit.browser.Chromium;
import dev.slipway.testkit.browser.Tab;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the page does with texts, tokens and scripts that it should not trust. */
@Tag("thorough")
@EnabledIf(value = "dev.slipway.testkit.browser.Chromium#installed", disabledReason = Chromium.MISSING)
class PageSafetyIT extends PageInBrowser {
    @Test
    void texts_of_others_are_shown_as_texts_and_no_script_of_theirs_runs() {
        String image = "<img src=x onerror=\"window.ran=1\">";
        String script = "</bdi></td><script>window.ran=2</script>\"'`${window.ran=3}";
        String turned = "passed\u202e,detsurt";
        services.change("hello@1.2.0", release -> {
            release.put("publisher", image).put("version", "1.2.0<b onclick=alert(1)>");
            release.set("authors", array(script));
            release.set("unmatchedAuthors", array("Ben <b onclick=window.ran=6>"));
            ((ObjectNode) release.path("waiting"))
                    .put("owner", "people")
                    .put("what", script)
                    .put("command", "./slipway release approve x\nrm -rf \"$HOME\"");
            release.putObject("cause")
                    .put("kind", "\"><svg onload=window.ran=4>")
                    .put("text", image)
                    .put("observed", "مرحبا 5 %")
                    .put("limit", "javascript:window.ran=5");
            ObjectNode gate = (ObjectNode) release.path("gates").path(0);
            gate.put("gate", image)
                    .put("guide", script)
                    .put("rule", image)
                    .put("observed", turned)
                    .put("cause", script);
            ((ObjectNode) release.path("milestones").path(0).path("cause")).put("text", image);
            ((ObjectNode) release.path("approvals").path(0)).put("email", script);
            ((ObjectNode) release.path("rollout")).set("notes", array(image));
        });
        services.changeDeliveries(all -> {
            ((ObjectNode) all.path(0))
                    .put("contact", image)
                    .put("state", "UNDELIVERABLE")
                    .put("error", script);
        });
        services.changeEnvironments(all -> ((ObjectNode) all.path(0)).put("waiting", image + "/production/1"));

        open("/releases/hello@1.2.0");
        shown("main", text -> text.contains("Rollout to production"));
        shown(".told", text -> text.contains(image));

        assertThat(tab.text("[data-key=cause]")).contains(image, "javascript:window.ran=5", "مرحبا 5 %");
        assertThat(tab.text("[data-key=waiting]")).contains(script, "./slipway release approve x rm -rf \"$HOME\"");
        assertThat(tab.text("dl.facts")).contains("No login", "Ben <b onclick=window.ran=6>");
        assertThat(tab.text(".gates")).contains(image, script, "passed\\u{202e},detsurt");
        assertThat(tab.text(".told")).contains(script);
        assertThat(tab.text("#environments")).contains("<img src=x onerror=");
        assertThat(tab.text("main h1")).isEqualTo("hello 1.2.0<b onclick=alert(1)>");
        assertThat(tab.value("typeof window.ran").asString()).isEqualTo("undefined");
        assertThat(tab.has("main img, main script, main b, main [onclick], main [onerror], #environments img"))
                .isFalse();
        assertThat(tab.value("[...document.links].every((link) => link.hash.startsWith('#'))"
                                + " && [...document.links].every((link) => link.origin === location.origin)")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void who_brings_no_token_is_asked_for_one_and_it_goes_nowhere_but_to_the_api() {
        tab.open(gateway.uri("/"));
        shown("#entrance", text -> text.contains("Token with the role viewer"));

        paste("no token");
        shown("#token-wrong", text -> text.contains("That is no token"));
        paste(TestTokens.expired("viewer"));
        shown("#token-wrong", text -> text.contains("not valid any more"));
        paste(TestTokens.token("viewer"));

        shown("main .title .badge", "Rolling out"::equals);
        assertThat(tab.value("location.href").asString()).doesNotContain("token");
        assertThat(tab.value("document.cookie + Object.keys(localStorage)").asString())
                .isEmpty();
        tab.value("document.querySelector('[data-action=leave]').click()");
        shown("#entrance", text -> text.contains("Token with the role viewer"));
        assertThat(tab.value("sessionStorage.length").asInt()).isZero();
    }

    @Test
    void the_policy_stops_what_an_attacker_would_try() {
        open("/releases/hello@1.2.0");
        shown("main h1", "hello 1.2.0"::equals);
        tab.value("window.tried = []; document.addEventListener('securitypolicyviolation', (seen) => {"
                + " window.tried.push(seen.violatedDirective); window.violations.length = 0; }); true");

        tab.value("(() => { const script = document.createElement('script'); try { script.text = 'window.ran=1'; }"
                + " catch { window.refused = true; } document.body.append(script); return true; })()");
        tab.value(
                "(() => { try { document.body.insertAdjacentHTML('beforeend', '<i id=planted>'); } catch { } return true; })()");
        tab.value("document.body.setAttribute('style', 'display:none')");
        tab.value("fetch('/api/v1/releases').catch(() => 0).then(() => fetch('data:,x')).catch(() => true)");

        await().atMost(LOADED_WITHIN)
                .untilAsserted(
                        () -> assertThat(tab.value("window.tried").valueStream().map(JsonNode::asString))
                                .contains("require-trusted-types-for", "style-src-attr", "connect-src"));
        assertThat(tab.value("typeof window.ran").asString()).isEqualTo("undefined");
        assertThat(tab.has("#planted")).isFalse();
        assertThat(tab.value("getComputedStyle(document.body).display").asString())
                .isNotEqualTo("none");
    }

    private void paste(String token) {
        tab.value("document.querySelector('#token').select()");
        tab.type(token);
        tab.press(Tab.Key.ENTER);
    }

    private static ArrayNode array(String text) {
        return tools.jackson.databind.node.JsonNodeFactory.instance.arrayNode().add(text);
    }
}
