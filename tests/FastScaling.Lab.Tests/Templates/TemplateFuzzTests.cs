using System.Diagnostics;
using CsCheck;
using FastScaling.Lab.Checks;
using FastScaling.Lab.Templates;

namespace FastScaling.Lab.Tests.Templates;

/// <summary>Damaged templates are read and checked, or refused with a place. A seed says all of an input; `.ci/nightly fuzz` tries a million.</summary>
public sealed class TemplateFuzzTests
{
    // What a template may allocate. The whole one takes about a hundredth.
    private const long MostBytes = 2_000_000_000;

    // A few milliseconds each when the machine is free; what doubles with each line takes years.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private static readonly string[] Lines = TemplateText.Plain.Split('\n');

    // The resources, each with its lines; and all that stands before them.
    private static readonly string[][] Resources = Blocks(Lines.SkipWhile(static line => line.TrimEnd() != "Resources:").Skip(1));
    private static readonly string[] Head = [.. Lines.TakeWhile(static line => line.TrimEnd() != "Resources:")];

    private static readonly string[] Values =
    [
        "", "~", "null", "true", "-1", "0", "1e999", "99999999999999999999", "0x1F", ".inf", "'", "''", "{}", "[]", "{", "[", "- a", "&a b", "*a", "|", ">", "!Ref", "!Ref Service", "!Ref AWS::NoValue",
        "!Sub '${Service}'", "!Sub '${'", "!Sub '${!x}'", "!GetAtt Service.Name", "!If [A, 1, 2]", "!Select [0, [a]]", "!Select [9, []]", "!Join ['', [a, !Ref AWS::Region]]", "!Split ['', a]",
        "!FindInMap [A, B, C]", "!Not [!Equals [1, 1]]", "!Unknown x", "!!binary x", "{Ref: x}", "{Fn::Sub: [a, {}]}", "'{{resolve:ssm:x}}'", "!Base64 a", "!GetAZs ''", "!Cidr [a, 1, 1]",
        "PercentChangeInCapacity", "ExactCapacity", "GreaterThanUpperThreshold", "m1+m2", "IF(m1", "p99", "cron(0 * * * ? *)", "rate(1 minute)", "at(2026-01-01T00:00:00)", "\u0000", "\u2028", "\uFEFF",
    ];

    private static readonly char[][] Words =
        [.. Values.Concat(["\n", "\n  ", "\t", ": ", "- ", "#", "---\n", "...\n", "%YAML 1.1\n", "? ", "<<: ", "Type: ", "Properties:", "Fn::If", "}", "]", "\""]).Select(static word => word.ToCharArray())];

    [Fact]
    public void A_damaged_template_is_read_and_checked_or_refused_with_a_place() =>
        Gen.Int[0, int.MaxValue].Sample(static seed => Try(Text(new Random(seed))), iter: Depth.Of(300));

    [Theory]
    [InlineData("{\"a\":", "")]
    [InlineData("[", "")]
    [InlineData("- ", "")]
    [InlineData("? ", "")]
    [InlineData("!Sub ", "")]
    [InlineData("!If [a, ", "")]
    [InlineData("&a ", "")]
    [InlineData("a: ", "")]
    [InlineData("\n", "a: 1")]
    [InlineData(" ", "a: 1")]
    [InlineData("#", "\na: 1")]
    [InlineData("\"\\u0041", "\"")]
    [InlineData("'", "")]
    [InlineData("${AWS::Region}", "")]
    public void The_longest_files_are_refused_soon(string part, string end) =>
        AssertSoon(() => Assert.Throws<TemplateException>(() => TemplateReader.Read(Repeat(part, 1_000_000 / part.Length) + end, "t.yaml")));

    [Fact]
    public void Names_that_double_with_each_resource_are_refused()
    {
        var resources = Enumerable.Range(0, 60).Select(static i =>
            $"  R{i}: {{ Type: AWS::CloudWatch::Alarm, Properties: {{ AlarmName: !Sub '${{R{i + 1}}}${{R{i + 1}}}', EvaluationPeriods: 1, ComparisonOperator: GreaterThanThreshold }} }}");

        AssertRefused($"Resources:\n{string.Join('\n', resources)}\n  R60: {{ Type: X }}", "too long");
    }

    [Fact]
    public void Mappings_that_double_with_each_level_are_refused()
    {
        var levels = Enumerable.Range(0, 60).Select(static i => $"    k{i}: [!FindInMap [m, t, k{i + 1}], !FindInMap [m, t, k{i + 1}]]");

        AssertRefused($"Mappings:\n m:\n  t:\n{string.Join('\n', levels)}\n    k60: a\n{TemplateText.Around("!Join ['', !FindInMap [m, t, k0]]")}", "too long");
    }

    [Theory]
    [InlineData("Base64")]
    [InlineData("ToJsonString")]
    public void Text_that_grows_with_each_function_is_refused_or_short(string name)
    {
        var text = string.Concat(Enumerable.Repeat($"{{ 'Fn::{name}': ", 55)) + "'" + Repeat("\\\\", 500) + "'" + Repeat(" }", 55);

        AssertSoon(() => Try(TemplateText.Around(text)));
    }

    [Fact]
    public void A_sum_of_a_hundred_thousand_terms_is_refused() =>
        Try(TemplateText.Plain.Replace("Expression: ", $"Expression: m1{Repeat("+m1", 100_000)} #", StringComparison.Ordinal));

    private static void AssertRefused(string text, string reason) =>
        AssertSoon(() => Assert.Contains(reason, Assert.Throws<TemplateException>(() => TemplateReader.Read(text, "t.yaml")).Message, StringComparison.Ordinal));

    private static void AssertSoon(Action action)
    {
        var watch = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        Assert.True(watch.Elapsed < Longest, $"It took {watch.Elapsed}.");
    }

    // What is read can also be checked: the checks must take whatever the reader lets through.
    private static void Try(string text)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            TemplateChecker.Check(TemplateReader.Read(text, "t.yaml"));
        }
        catch (TemplateException error)
        {
            Assert.True(error.Mark is { Line: >= 1, Column: >= 1 } && error.Message.Length > 5, error.ToString());
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
    }

    /// <summary>Now and then the whole template, mostly some of its resources: they are quicker to read, and find each other missing.</summary>
    private static string Text(Random random)
    {
        var resources = random.Next(20) == 0 ? Resources : [.. Resources.Where(_ => random.Next(3) == 0)];
        List<string> lines = [.. Head, "Resources:", .. resources.SelectMany(static lines => lines)];
        for (var left = random.Next(4); left > 0; left--)
        {
            Bend(lines, random);
        }

        var text = string.Join('\n', lines);
        return random.Next(3) == 0 ? new string(Damage.Of(text.ToCharArray(), Words, random)) : text;
    }

    /// <summary>One damage to a line, and to what is nested in it.</summary>
    private static void Bend(List<string> lines, Random random)
    {
        var at = random.Next(lines.Count);
        var indent = Indent(lines[at]);
        var length = 1;
        while (at + length < lines.Count && (Indent(lines[at + length]) > indent || lines[at + length].Trim().Length == 0))
        {
            length++;
        }

        var block = lines.GetRange(at, length);
        var colon = lines[at].IndexOf(':', StringComparison.Ordinal);
        switch (random.Next(6))
        {
            case 0:
                lines.RemoveRange(at, length);
                break;
            case 1:
                lines.InsertRange(at, block);
                break;
            case 2:
                lines.RemoveRange(at, length);
                lines.InsertRange(random.Next(lines.Count + 1), block.Select(line => new string(' ', random.Next(9)) + line.TrimStart()));
                break;
            case 3 when colon > 0:
                // Another value, and nothing nested.
                lines.RemoveRange(at, length);
                lines.Insert(at, $"{block[0][..(colon + 1)]} {Values[random.Next(Values.Length)]}");
                break;
            case 4 when colon > 0:
                // The key of another line.
                var other = lines[random.Next(lines.Count)].Trim().Split(':')[0];
                lines[at] = new string(' ', indent) + other + block[0][colon..];
                break;
            default:
                lines[at] = new string(' ', Math.Max(0, indent + random.Next(-3, 4))) + lines[at].TrimStart();
                break;
        }
    }

    private static int Indent(string line) => line.Length - line.TrimStart().Length;

    private static string Repeat(string part, int times) => string.Concat(Enumerable.Repeat(part, times));

    private static string[][] Blocks(IEnumerable<string> lines)
    {
        var blocks = new List<List<string>>();
        foreach (var line in lines)
        {
            if (Indent(line) == 2 && line.EndsWith(':'))
            {
                blocks.Add([]);
            }

            if (blocks.Count > 0)
            {
                blocks[^1].Add(line);
            }
        }

        return [.. blocks.Select(static block => block.ToArray())];
    }
}
