package dev.slipway.web;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.UriUtils;

/**
 * Refuses a query that says something else than its sender meant: a parameter that the operation does not have (a list would
 * come unfiltered), one that is given twice where one is meant (which of the two?), a number, a yes or no or one of a few
 * words in another form than the API's document has it, as Spring takes {@code on}, {@code 0x10} and spaces around for some.
 * Only the query is looked at, as reading a form would take the body away from who needs it.
 */
final class QueryValues implements HandlerInterceptor {
    private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");
    private static final int SHOWN_CHARS_MAX = 100;
    private static final String API = "/api/";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            Map<String, MethodParameter> asked = asked(method);
            asked.forEach((name, parameter) -> requireValue(request, name, parameter));
            Map<String, Integer> given = given(request.getQueryString());
            given.forEach((name, times) -> requireOnce(name, times, asked.get(name)));
            if (request.getRequestURI().startsWith(API)) {
                requireKnown(given.keySet(), asked.keySet());
            }
        }
        return true;
    }

    private static Map<String, MethodParameter> asked(HandlerMethod method) {
        Map<String, MethodParameter> asked = new HashMap<>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            RequestParam annotated = parameter.getParameterAnnotation(RequestParam.class);
            if (annotated != null) {
                parameter.initParameterNameDiscovery(NAMES);
                String name = annotated.name().isEmpty() ? parameter.getParameterName() : annotated.name();
                asked.put(Objects.requireNonNullElse(name, ""), parameter);
            }
        }
        return asked;
    }

    private static void requireValue(HttpServletRequest request, String name, MethodParameter parameter) {
        Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(parameter.getParameterType());
        String legal = legal(type);
        if (legal == null) {
            return;
        }
        String value = request.getParameter(name);
        if (value != null && value.isBlank()) {
            throw new IllegalArgumentException(name + " has no value: leave it out, or send " + legal);
        }
        if (value != null && !isLegal(type, value)) {
            throw new IllegalArgumentException("%s must be %s, is %s".formatted(name, legal, brief(value)));
        }
    }

    /** In words; null where any text may be. */
    private static @Nullable String legal(Class<?> type) {
        if (type == Boolean.class) {
            return "true or false";
        } else if (type.isEnum()) {
            return "one of " + words(type);
        }
        return Number.class.isAssignableFrom(type) ? "a number" : null;
    }

    private static boolean isLegal(Class<?> type, String value) {
        if (type == Boolean.class) {
            return value.equals("true") || value.equals("false");
        }
        return type.isEnum()
                ? words(type).contains(value)
                : WHOLE.matcher(value).matches();
    }

    /** What a newer sender's word is read as is nothing that anybody asks for. */
    static List<String> words(Class<?> type) {
        List<String> words = new ArrayList<>();
        for (Field constant : type.getFields()) {
            if (constant.isEnumConstant() && !constant.isAnnotationPresent(JsonEnumDefaultValue.class)) {
                words.add(constant.getName());
            }
        }
        return words;
    }

    private static String brief(String text) {
        return text.length() > SHOWN_CHARS_MAX ? text.substring(0, SHOWN_CHARS_MAX) + "..." : text;
    }

    private static Map<String, Integer> given(@Nullable String query) {
        Map<String, Integer> given = new HashMap<>();
        for (String part : query == null ? List.<String>of() : List.of(query.split("&"))) {
            String name = part.substring(0, part.indexOf('=') < 0 ? part.length() : part.indexOf('='));
            if (!name.isEmpty()) {
                given.merge(decoded(name), 1, Integer::sum);
            }
        }
        return given;
    }

    private static String decoded(String name) {
        try {
            return UriUtils.decode(name.replace('+', ' '), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException illegal) {
            throw new IllegalArgumentException("The name of a query parameter is not encoded well", illegal);
        }
    }

    private static void requireOnce(String name, int times, @Nullable MethodParameter parameter) {
        boolean severalMeant = parameter != null
                && (parameter.getParameterType().isArray()
                        || Collection.class.isAssignableFrom(parameter.getParameterType()));
        if (parameter != null && times > 1 && !severalMeant) {
            throw new IllegalArgumentException(name + " is given " + times + " times: give it once");
        }
    }

    private static void requireKnown(Collection<String> given, Collection<String> known) {
        List<String> unknown = new ArrayList<>(new TreeSet<>(given));
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("There is no query parameter " + brief(unknown.getFirst()) + " here: "
                    + (known.isEmpty() ? "there is none" : "there are " + String.join(", ", new TreeSet<>(known))));
        }
    }
}
