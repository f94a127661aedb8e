package dev.catamaran.it.launcher;

import com.alibaba.nacos.plugin.auth.exception.AccessException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/**
 * The console module's answer to a login that is refused. Without it the server tries to answer
 * with the status 0, which is no HTTP.
 */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
public class LoginAnswers {

    @ExceptionHandler(AccessException.class)
    public ResponseEntity<String> refused(AccessException refusal) {
        return ResponseEntity.status(HttpStatus.FORBIDDEN).body(refusal.getErrMsg());
    }
}
