package dev.slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What the controllers have. Asked for late: the mapping is made after the security filters. */
final class ControllerOperations implements Operations {
    private final ObjectProvider<RequestMappingHandlerMapping> mappings;

    ControllerOperations(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.mappings = mappings;
    }

    @Override
    public SortedSet<String> at(HttpServletRequest request) {
        PathContainer path = RequestPath.parse(request.getRequestURI(), request.getContextPath())
                .pathWithinApplication();
        SortedSet<String> methods = new TreeSet<>();
        mappings.orderedStream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .filter(mapped -> matches(mapped, path))
                .forEach(mapped ->
                        mapped.getMethodsCondition().getMethods().forEach(method -> methods.add(method.name())));
        return withImplied(methods);
    }

    private static SortedSet<String> withImplied(SortedSet<String> methods) {
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        if (!methods.isEmpty()) {
            methods.add("OPTIONS");
        }
        return methods;
    }

    private static boolean matches(RequestMappingInfo mapped, PathContainer path) {
        var patterns = mapped.getPathPatternsCondition();
        return patterns != null && patterns.getPatterns().stream().anyMatch(pattern -> pattern.matches(path));
    }
}
