package dev.slipway.gateway.routes;

import dev.slipway.web.Operations;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.databind.JsonNode;

/** What the description of the API has: the gateway's routes pass on whatever comes, so they cannot tell. */
final class DescribedOperations implements Operations {
    private final Map<PathPattern, SortedSet<String>> operations = new LinkedHashMap<>();

    DescribedOperations(JsonNode description) {
        description.path("paths").properties().forEach(path -> {
            SortedSet<String> methods = new TreeSet<>();
            path.getValue()
                    .properties()
                    .forEach(method -> methods.add(method.getKey().toUpperCase(Locale.ROOT)));
            if (methods.contains("GET")) {
                methods.add("HEAD");
            }
            methods.add("OPTIONS");
            operations.put(PathPatternParser.defaultInstance.parse(path.getKey()), methods);
        });
    }

    @Override
    public SortedSet<String> at(HttpServletRequest request) {
        PathContainer path = RequestPath.parse(request.getRequestURI(), request.getContextPath())
                .pathWithinApplication();
        SortedSet<String> methods = new TreeSet<>();
        operations.forEach((pattern, known) -> methods.addAll(pattern.matches(path) ? known : new TreeSet<String>()));
        return methods;
    }
}
