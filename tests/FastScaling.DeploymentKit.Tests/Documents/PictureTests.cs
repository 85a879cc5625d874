using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FastScaling.DeploymentKit.Tests.Support;

namespace FastScaling.DeploymentKit.Tests.Documents;

/// <summary>The picture of the README shows the timing budget of docs/architecture.md.</summary>
public partial class PictureTests
{
    [Fact]
    public void The_picture_has_the_figures_of_the_timing_budget()
    {
        var stages = Markdown.Rows(Markdown.Read("architecture.md"))
            .SkipWhile(row => row[0] != "the second that is sampled ends")
            .TakeWhile(row => row[0] != "**decision**")
            .Select(row => double.Parse(Seconds().Match(row[2]).Groups[1].Value, CultureInfo.InvariantCulture))
            .ToArray();
        var texts = XDocument.Parse(Repository.Read("docs/images/surge-to-scaling.svg")).Descendants()
            .Where(element => element.Name.LocalName == "text").Select(element => element.Value).ToArray();

        Assert.Equal(7, stages.Length);
        // Sample, call and taken; the alarm after the evaluation; the decision.
        Assert.All([stages[..3].Sum(), stages[..6].Sum(), stages.Sum()], time => Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{time:0.0} s"), texts));
        Assert.Contains($"about {Math.Round(stages.Sum())} s", texts);
    }

    [GeneratedRegex(@"^([\d.]+) s$")]
    private static partial Regex Seconds();
}
