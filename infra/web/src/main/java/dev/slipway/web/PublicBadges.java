package dev.slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The badges that are shown to whoever asks: those of the applications that an administrator names, drawn, of their newest
 * release. With a query a badge takes a token as ever, because the answer would say whether a release of that name exists.
 */
final class PublicBadges implements RequestMatcher {
    private static final String PATH = "/api/v1/applications/%s/guide/badge.svg";
    private static final Set<String> METHODS = Set.of(HttpMethod.GET.name(), HttpMethod.HEAD.name());

    private final Set<String> paths;

    /** @param applications names, each legal; none for no badge at all */
    PublicBadges(Collection<String> applications) {
        paths = applications.stream().map(PATH::formatted).collect(Collectors.toUnmodifiableSet());
    }

    /** The address as it was sent is compared: no other way to write it is public. */
    @Override
    public boolean matches(HttpServletRequest request) {
        return METHODS.contains(request.getMethod())
                && request.getQueryString() == null
                && paths.contains(request.getRequestURI());
    }
}
