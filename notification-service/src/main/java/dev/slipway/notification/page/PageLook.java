package dev.slipway.notification.page;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.notification.PageCheck;
import dev.slipway.contracts.policy.PageAddress;
import dev.slipway.notification.page.PageCalls.Answer;
import dev.slipway.web.guard.Guarded;
import java.util.EnumSet;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks at a page with the token that announcements go there by, before there is any to send: the same host, the same list, the
 * same token, and nothing is written. Source of what a token may do:
 * https://docs.github.com/en/rest/repos/repos#get-a-repository and https://docs.gitlab.com/api/projects/#get-a-single-project.
 */
public final class PageLook {
    /** From which level on GitLab lets somebody make releases. */
    private static final int GITLAB_DEVELOPER = 30;

    private final PageCalls calls;

    private PageLook(PageCalls calls) {
        this.calls = calls;
    }

    public static PageLook of(PageSettings settings, Guarded pages, JsonMapper json) {
        return new PageLook(new PageCalls(settings, pages, json));
    }

    /** Looks once; an address at which nothing is known that is spoken is not looked at. */
    public PageCheck at(String address) throws Exception {
        PageAddress page;
        try {
            page = PageAddress.of(address, EnumSet.allOf(PageAddress.Form.class));
        } catch (IllegalArgumentException none) {
            return new PageCheck(address, false, "The address of a page %s.".formatted(none.getMessage()));
        }
        boolean incidents = page.form() == PageAddress.Form.STATUSPAGE;
        return switch (calls.read(page, page.uri() + (incidents ? "?limit=1" : ""))) {
            case Answer.Done(JsonNode body) -> shown(page, body);
            case Answer.Nowhere _ ->
                new PageCheck(
                        address,
                        false,
                        "There is no such %s, or the token for %s may not see it."
                                .formatted(incidents ? "page" : "project", page.host()));
            case Answer.Failed failed -> new PageCheck(address, false, Texts.sentence(failed.error()));
        };
    }

    private static PageCheck shown(PageAddress page, JsonNode body) {
        String address = page.uri().toString();
        Optional<Boolean> writes = writes(page, body);
        if (writes.isEmpty()) {
            return new PageCheck(
                    address,
                    true,
                    "It is shown to the token for %s; whether that may write is not said before it does."
                            .formatted(page.host()));
        }
        return writes.get()
                ? new PageCheck(
                        address, true, "It is shown to the token for %s, which may write.".formatted(page.host()))
                : new PageCheck(
                        address,
                        false,
                        "The token for %s may see it and not write: set one that may in its token-file."
                                .formatted(page.host()));
    }

    /** Whether whoever the token is of may write; empty where the answer does not say. */
    private static Optional<Boolean> writes(PageAddress page, JsonNode body) {
        JsonNode permissions = body.path("permissions");
        return switch (page.form()) {
            case STATUSPAGE -> Optional.empty();
            case GITHUB ->
                permissions.path("push").isBoolean()
                        ? Optional.of(permissions.path("push").asBoolean())
                        : Optional.empty();
            case GITLAB -> {
                int level = Math.max(
                        permissions.at("/project_access/access_level").asInt(-1),
                        permissions.at("/group_access/access_level").asInt(-1));
                yield level < 0 ? Optional.empty() : Optional.of(level >= GITLAB_DEVELOPER);
            }
        };
    }
}
