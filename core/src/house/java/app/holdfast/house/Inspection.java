package app.holdfast.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.function.Function;

/// Puts a rule to two houses: to one that breaks it on purpose, where it must name what is wrong, and to ours, where
/// it must find nothing.
///
/// @param root        our root package
/// @param plantedRoot that of the house that is wrong
public record Inspection(String root, JavaClasses house, String plantedRoot, JavaClasses planted) {

    /// @param violations classes of the planted house, each of which the rule must name
    public void holds(Function<String, ArchRule> rule, Class<?>... violations) {
        String seen = rule.apply(plantedRoot).evaluate(planted).getFailureReport().toString();
        for (Class<?> violation : violations) {
            assertThat(seen).as("the report on the planted house").contains(violation.getName());
        }
        rule.apply(root).check(house);
        System.out.println("house rule holds, seen red on "
                + Arrays.stream(violations).map(Class::getSimpleName).toList() + ": "
                + rule.apply(root).getDescription());
    }
}
