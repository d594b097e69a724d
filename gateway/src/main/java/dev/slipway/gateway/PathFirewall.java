package dev.slipway.gateway;

import dev.slipway.gateway.split.AppPath;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Locale;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * What a path may look like. The API's are read by us, so whatever could be read in two ways is refused. An application's
 * are served elsewhere, which whoever asks here is told for any of them: parameters ({@code ;}), empty segments ({@code //})
 * and encoded slashes, points and percents are no reason to refuse it in other words. What they may not do is lead out of
 * their prefix, read by whom ever: no segment is {@code .} or {@code ..}, whatever its encoding and its parameters.
 */
final class PathFirewall implements HttpFirewall {
    private final StrictHttpFirewall api = new StrictHttpFirewall();
    private final StrictHttpFirewall apps = new StrictHttpFirewall();

    PathFirewall() {
        apps.setAllowSemicolon(true);
        apps.setAllowUrlEncodedDoubleSlash(true);
        apps.setAllowUrlEncodedSlash(true);
        apps.setAllowUrlEncodedPeriod(true);
        apps.setAllowUrlEncodedPercent(true);
    }

    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) throws RequestRejectedException {
        return isAppsOwn(request) ? apps.getFirewalledRequest(request) : api.getFirewalledRequest(request);
    }

    @Override
    public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
        return api.getFirewalledResponse(response);
    }

    /** As sent and as the container reads it, so that neither can be taken for the other. */
    private static boolean isAppsOwn(HttpServletRequest request) {
        String sent = request.getRequestURI();
        String read = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        if (!sent.startsWith(AppPath.ROOT) || !read.startsWith(AppPath.ROOT)) {
            return false;
        }
        if (leadsElsewhere(sent)) {
            throw new RequestRejectedException("A path of an application may not hold the segments . and ..");
        }
        return true;
    }

    /** An encoded slash ends a segment here, because the application may read it so. */
    private static boolean leadsElsewhere(String path) {
        String lower = path.toLowerCase(Locale.ROOT).replace("%2e", ".").replace("%2f", "/");
        return Arrays.stream(lower.split("/", -1))
                .map(segment -> segment.split(";", 2)[0])
                .anyMatch(segment -> segment.equals(".") || segment.equals(".."));
    }
}
