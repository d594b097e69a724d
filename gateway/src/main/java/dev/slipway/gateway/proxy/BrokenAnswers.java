package dev.slipway.gateway.proxy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.ClientAbortException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets an answer that broke off on its way break off for the client too. Without it the web server would end a body of
 * unknown length properly, and what came by then would look complete.
 */
public final class BrokenAnswers extends OncePerRequestFilter {
    private static final String BROKEN = BrokenAnswers.class.getName();

    static void note(HttpServletRequest request) {
        request.setAttribute(BROKEN, true);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (request.getAttribute(BROKEN) != null) {
            // the one exception for which Tomcat closes the connection without appending an error page
            throw new ClientAbortException("The answer broke off; the connection is closed so that the client notices");
        }
    }
}
