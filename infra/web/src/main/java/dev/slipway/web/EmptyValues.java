package dev.slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** A number or a yes or no that is named without a value is a mistake, and not the same as one that is left out. */
final class EmptyValues implements HandlerInterceptor {
    private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            for (MethodParameter parameter : method.getMethodParameters()) {
                check(request, parameter);
            }
        }
        return true;
    }

    private static void check(HttpServletRequest request, MethodParameter parameter) {
        RequestParam asked = parameter.getParameterAnnotation(RequestParam.class);
        Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(parameter.getParameterType());
        if (asked == null || !(Number.class.isAssignableFrom(type) || type == Boolean.class)) {
            return;
        }
        parameter.initParameterNameDiscovery(NAMES);
        String name = asked.name().isEmpty() ? parameter.getParameterName() : asked.name();
        String value = name == null ? null : request.getParameter(name);
        if (value != null && value.isBlank()) {
            throw new IllegalArgumentException(name + " has no value: leave it out, or send "
                    + (type == Boolean.class ? "true or false" : "a number"));
        }
    }
}
