// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Fails tests of a class that leave threads, sockets or watched things behind; see {@link LeakCheck}. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(LeakCheck.class)
public @interface NoLeaks {

    /** When to look. Default: after each test. */
    Scope value() default Scope.TEST;

    /** How long things may take to go away. Default 5000 milliseconds. */
    long graceMillis() default 5_000;

    /** When to look for leaks. */
    enum Scope {
        /** After each test, for what the test began. */
        TEST,
        /** After the last test of the class, for what the class began: for classes whose tests share a client. */
        CLASS
    }
}
