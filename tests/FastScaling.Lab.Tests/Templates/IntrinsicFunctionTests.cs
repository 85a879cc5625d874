using FastScaling.Lab.Templates;

namespace FastScaling.Lab.Tests.Templates;

public class IntrinsicFunctionTests
{
    private const string Sections =
        """
        Parameters:
          Size: { Type: Number, Default: 3 }
          Zones: { Type: CommaDelimitedList, Default: "a, b,c" }
          Stage: { Type: String, Default: test }
        Mappings:
          Names: { test: { Short: t }, live: { Short: l } }
        Conditions:
          IsLive: !Equals [!Ref Stage, live]
          IsTest: !Not [!Condition IsLive]
          Both: !And [!Condition IsTest, !Equals [!Ref Size, "3"]]
          Either: { "Fn::Or": [{ Condition: IsLive }, { Condition: Both }] }
        """;

    [Theory]
    [InlineData("!Ref Stage", "test")]
    [InlineData("{ Ref: Stage }", "test")]
    [InlineData("!Ref AWS::Region", "us-east-1")]
    [InlineData("!Sub 'x-${Stage}-${AWS::Partition}-${!Raw}'", "x-test-aws-${Raw}")]
    [InlineData("!Sub ['${Stage}/${Own}', { Own: !Ref Size }]", "test/3")]
    [InlineData("{ 'Fn::Sub': '${Cluster}' }", "blue")]
    [InlineData("!Join ['-', [a, !Ref Stage, !Ref Size]]", "a-test-3")]
    [InlineData("!Join ['', !Ref Zones]", "abc")]
    [InlineData("!Select [1, !Ref Zones]", "b")]
    [InlineData("!Select ['0', !Split ['/', 'one/two']]", "one")]
    [InlineData("!FindInMap [Names, !Ref Stage, Short]", "t")]
    [InlineData("!FindInMap [Names, other, Short, { DefaultValue: d }]", "d")]
    [InlineData("!If [IsLive, yes, no]", "no")]
    [InlineData("!If [IsTest, yes, no]", "yes")]
    [InlineData("!If [Both, yes, no]", "yes")]
    [InlineData("!If [Either, yes, no]", "yes")]
    [InlineData("!Base64 hello", "aGVsbG8=")]
    [InlineData("{ 'Fn::Length': !Ref Zones }", "3")]
    [InlineData("{ 'Fn::ToJsonString': { a: [!Ref Size] } }", "{\"a\":[\"3\"]}")]
    [InlineData("!GetAtt Alarm.Arn", "arn:aws:CLOUDWATCH:us-east-1:123456789012:stack-Other")]
    public void Gives_what_CloudFormation_gives(string expression, string expected)
    {
        // The alarm cannot name itself.
        var text = expression.Replace("Alarm.Arn", "Other.Arn", StringComparison.Ordinal);
        var template = TemplateReader.Read(TemplateText.Around(text, Sections) + "\n  Other: { Type: AWS::CloudWatch::Dashboard }", "t.yaml");

        Assert.Equal(expected, template.Alarms[0].Name);
    }

    [Theory]
    [InlineData("!ImportValue Other-Name")]
    [InlineData("!Sub '${Cluster.Unheard}'")]
    [InlineData("!Select [0, !GetAZs '']")]
    [InlineData("!Select [0, !Cidr ['10.0.0.0/16', 4, 8]]")]
    [InlineData("'{{resolve:ssm:/a/b}}'")]
    [InlineData("!Transform { Name: Some::Macro }")]
    public void What_only_a_deployment_knows_says_so_where_a_number_is_needed(string expression)
    {
        var text = TemplateText.Around("x").Replace("Threshold: 100", $"Threshold: {expression}", StringComparison.Ordinal);

        var error = Assert.Throws<TemplateException>(() => TemplateReader.Read(text, "t.yaml"));

        Assert.Contains("Threshold of Alarm is not known", error.Message, StringComparison.Ordinal);
        Assert.Equal(13, error.Mark.Line);
    }

    [Theory]
    [InlineData("!Foo x", "'Foo' is no function")]
    [InlineData("{ 'Fn::Bar': x }", "'Bar' is no function")]
    [InlineData("!Ref Nothing", "neither a parameter nor a resource 'Nothing'")]
    [InlineData("!GetAtt Nothing.Arn", "no resource 'Nothing'")]
    [InlineData("!FindInMap [Names, none, Short]", "the mappings have no Names / none / Short")]
    [InlineData("!If [Unheard, a, b]", "no condition 'Unheard'")]
    [InlineData("!Select [9, !Ref Zones]", "no element 9 in a list of 3")]
    [InlineData("!Sub '${Open'", "'${' has no '}'")]
    [InlineData("!Join [x]", "Join takes a delimiter and a list")]
    [InlineData("!Split ['', x]", "delimiter of Split is empty")]
    [InlineData("*alias", "aliases")]
    public void A_wrong_call_is_an_error_at_its_place(string expression, string message)
    {
        var error = Assert.Throws<TemplateException>(() => TemplateText.Read(expression, Sections));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(Sections.Split('\n').Length + 6, error.Mark.Line);
        Assert.InRange(error.Mark.Column, 13, 60);
    }

    [Fact]
    public void NoValue_removes_a_property()
    {
        var text = TemplateText.Around("x").Replace("Statistic: Average", "Statistic: Average\n      TreatMissingData: !Ref AWS::NoValue", StringComparison.Ordinal);

        Assert.Equal("missing", TemplateReader.Read(text, "t.yaml").Alarms[0].TreatMissingData);
    }

    [Theory]
    [InlineData("Conditions: { A: !Condition B, B: !Condition A }", "!If [A, x, y]", "depends on itself")]
    [InlineData("", "!Ref Alarm", "lead in a circle")]
    public void A_circle_is_an_error_and_no_crash(string before, string expression, string message)
    {
        var error = Assert.Throws<TemplateException>(() => TemplateText.Read(expression, before));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resource_whose_condition_is_false_is_not_there()
    {
        var text = TemplateText.Around("x", "Conditions: { Never: !Equals [a, b] }")
            .Replace("  Alarm:\n", "  Alarm:\n    Condition: Never\n", StringComparison.Ordinal);

        Assert.Empty(TemplateReader.Read(text, "t.yaml").Alarms);
    }
}
