package dev.skete.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A CEL rule that each element of a list must satisfy; {@code self} is the element, and a refusal names its index. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@Repeatable(ItemRules.class)
public @interface ItemRule {
    String value();

    String message();
}
