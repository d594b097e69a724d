package dev.slipway.web.letters;

import dev.slipway.web.AccessRules;
import dev.slipway.web.Role;
import org.springframework.http.HttpMethod;

/** Who may see and settle dead letters: operators, as a letter may hold anything that was sent. */
public final class DeadLetterAccess {
    public static final String PATHS = "/api/v1/deadletters/**";

    /** Letters of one page at most. */
    public static final int LIST_MAX = 200;

    private DeadLetterAccess() {}

    /** The same at the gateway and in each service. */
    public static AccessRules rules() {
        return requests -> {
            AccessRules.allow(requests, HttpMethod.GET, PATHS, Role.OPERATOR);
            AccessRules.allow(requests, HttpMethod.POST, PATHS, Role.OPERATOR);
        };
    }
}
