package dev.slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.web.servlet.HandlerInterceptor;

/** Every parameter of the API means one thing: of two values one would be dropped, or both would be joined, silently. */
final class GivenTwice implements HandlerInterceptor {
    private static final int NAME_MAX = 60;

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        for (Map.Entry<String, String[]> parameter : request.getParameterMap().entrySet()) {
            if (parameter.getValue().length > 1) {
                String name = parameter.getKey();
                throw new IllegalArgumentException("The parameter %s is given %d times: give it once"
                        .formatted(
                                name.length() > NAME_MAX ? name.substring(0, NAME_MAX) + "..." : name,
                                parameter.getValue().length));
            }
        }
        return true;
    }
}
