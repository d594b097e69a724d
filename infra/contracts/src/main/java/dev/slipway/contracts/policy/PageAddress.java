package dev.slipway.contracts.policy;

import dev.slipway.contracts.Texts;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where an announcement is put that is no message to anybody: the incidents of a status page, or the releases of a project at its
 * Git host. What is spoken there is told from the path (ADR 57).
 *
 * @param form what is spoken there
 * @param uri absolute, {@code https:} but on this machine, with neither user, query nor fragment
 */
public record PageAddress(Form form, URI uri) {
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int HTTPS = 443;

    /** APIs that are known, each by the path of its addresses. */
    public enum Form {
        /** Atlassian Statuspage, and what speaks like it: incidents of a page. */
        STATUSPAGE("/pages/[A-Za-z0-9_-]{1,100}/incidents", "https://api.statuspage.io/v1/pages/PAGE/incidents"),
        /** GitHub and what speaks like it: a repository. */
        GITHUB("/repos/[A-Za-z0-9_.-]{1,100}/[A-Za-z0-9_.-]{1,100}", "https://api.github.com/repos/OWNER/NAME"),
        /** GitLab: a project by its number, or by its path in which a slash is %2F. */
        GITLAB("/api/v4/projects/[A-Za-z0-9_.%-]{1,300}", "https://HOST/api/v4/projects/GROUP%2FNAME");

        private final Pattern path;
        private final String example;

        Form(String end, String example) {
            this.path = Pattern.compile("(/[A-Za-z0-9_.-]{1,60}){0,4}" + end);
            this.example = example;
        }

        public String example() {
            return example;
        }
    }

    /** @throws IllegalArgumentException if nothing is known that is spoken there; the message says what there is */
    public static PageAddress of(String address, Set<Form> legal) {
        return uri(address)
                .filter(PageAddress::isBare)
                .flatMap(uri -> Arrays.stream(Form.values())
                        .filter(legal::contains)
                        .filter(form -> form.path.matcher(uri.getRawPath()).matches())
                        .map(form -> new PageAddress(form, uri))
                        .findFirst())
                .orElseThrow(() -> new IllegalArgumentException("must be an https: address such as %s, is %s"
                        .formatted(
                                Arrays.stream(Form.values())
                                        .filter(legal::contains)
                                        .map(Form::example)
                                        .collect(Collectors.joining(" or ")),
                                Texts.shown(address))));
    }

    private static Optional<URI> uri(String address) {
        try {
            return Optional.of(new URI(address));
        } catch (URISyntaxException none) {
            return Optional.empty();
        }
    }

    /** Of a host and a path alone, which leads nowhere else and which nobody on the way reads. */
    private static boolean isBare(URI uri) {
        if (uri.getHost() == null || uri.getRawPath() == null || uri.getPath().contains("/.")) {
            return false;
        }
        boolean secret =
                "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && HERE.contains(uri.getHost()));
        return secret && uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
    }

    /** Name or address, lower case, with its port where it is not that of {@code https:}. */
    public String host() {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return uri.getPort() == -1 || uri.getPort() == HTTPS ? host : host + ":" + uri.getPort();
    }

    /** Where the release at this tag is, or would be; of a Git host alone. */
    public String at(String tag) {
        return uri + releases() + encoded(tag);
    }

    private String releases() {
        return switch (form) {
            case GITHUB -> "/releases/tags/";
            case GITLAB -> "/releases/";
            case STATUSPAGE -> throw new IllegalStateException("a status page has no releases");
        };
    }

    /** As one part of a path. */
    public static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A release at a Git host, by its tag. */
    public record AtTag(PageAddress project, String tag) {
        /** @throws IllegalArgumentException if the address is none that {@link PageAddress#at} makes */
        public static AtTag of(String address) {
            int before = address.lastIndexOf("/releases/");
            PageAddress project =
                    PageAddress.of(address.substring(0, Math.max(0, before)), Set.of(Form.GITHUB, Form.GITLAB));
            String rest = address.substring(before);
            if (!rest.startsWith(project.releases())) {
                throw new IllegalArgumentException("is of no release by its tag: " + Texts.shown(address));
            }
            return new AtTag(
                    project, URLDecoder.decode(rest.substring(project.releases().length()), StandardCharsets.UTF_8));
        }
    }
}
