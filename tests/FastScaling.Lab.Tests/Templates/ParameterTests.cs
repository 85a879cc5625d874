using FastScaling.Lab.Templates;

namespace FastScaling.Lab.Tests.Templates;

public class ParameterTests
{
    [Theory]
    [InlineData("{ Type: Number, Default: 1, MaxValue: 5 }", "6", "allowed is at most 5")]
    [InlineData("{ Type: Number, Default: 1, MinValue: 1 }", "0", "allowed is at least 1")]
    [InlineData("{ Type: Number, Default: 1 }", "x", "allowed is a number")]
    [InlineData("{ Type: String, Default: a, AllowedValues: [a, b] }", "c", "allowed is a, b")]
    [InlineData("{ Type: String, Default: a, AllowedPattern: '[a-z]+' }", "A", "matches [a-z]+")]
    [InlineData("{ Type: String, Default: ab, MaxLength: 2 }", "abc", "a length of at most 2")]
    public void A_value_that_is_not_allowed_names_parameter_value_and_what_is(string definition, string value, string allowed)
    {
        var error = Assert.Throws<TemplateException>(
            () => TemplateText.Read("!Ref P", $"Parameters: {{ P: {definition} }}", new Dictionary<string, string> { ["P"] = value }));

        Assert.Contains($"The parameter P cannot be '{value}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(allowed, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_given_value_replaces_the_default()
    {
        Assert.Equal("b", TemplateText.Evaluate("!Ref P", "Parameters: { P: { Type: String, Default: a } }", new() { ["P"] = "b" }));
    }

    [Fact]
    public void An_unknown_parameter_is_an_error_that_lists_the_known()
    {
        var error = Assert.Throws<TemplateException>(
            () => TemplateText.Read("x", "Parameters: { P: { Type: String, Default: a } }", new() { ["Q"] = "b" }));

        Assert.Equal("There is no parameter 'Q'; the template has P.", error.Message);
    }

    [Fact]
    public void A_condition_on_a_parameter_without_a_value_asks_for_it()
    {
        var error = Assert.Throws<TemplateException>(
            () => TemplateText.Read("!If [C, a, b]", "Parameters: { P: { Type: String } }\nConditions: { C: !Equals [!Ref P, x] }"));

        Assert.Contains("--parameter P=", error.Message, StringComparison.Ordinal);
    }
}
