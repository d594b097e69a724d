package dev.slipway.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers what failed outside of the controllers, such as in a filter. The container has logged it. */
@RestController
class ProblemErrors implements ErrorController {
    @RequestMapping("${spring.web.error.path:${error.path:/error}}")
    ResponseEntity<ProblemDetail> answer(HttpServletRequest request) {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus status = code instanceof Integer number ? HttpStatus.resolve(number) : null;
        if (status == null || status.is5xxServerError()) {
            return Problems.errored();
        }
        String detail = status == HttpStatus.NOT_FOUND
                ? "There is nothing at this address. See the API's paths."
                : "The request was refused before it reached the API. Check its address, headers and encoding.";
        return ResponseEntity.status(status).body(Problems.problem(status, Problems.code(status), detail));
    }
}
