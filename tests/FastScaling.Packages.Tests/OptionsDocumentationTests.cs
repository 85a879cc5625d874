using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FastScaling.LocalCloudWatch;
using FastScaling.Otel.Exporter.CloudWatch;
using FastScaling.Packages.Tests.Support;

namespace FastScaling.Packages.Tests;

/// <summary>What the editor shows of an option: what it is, its true default, and what is allowed.</summary>
public partial class OptionsDocumentationTests
{
    private readonly PackedPackages _packages;

    public OptionsDocumentationTests(PackedPackages packages) => _packages = packages;

    public static TheoryData<string, string> Options
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var type in Defaults.Keys)
            {
                foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
                {
                    data.Add(type.Name, property.Name);
                }
            }

            return data;
        }
    }

    private static Dictionary<Type, object> Defaults { get; } = new()
    {
        [typeof(FastScalingCloudWatchExporterOptions)] = new FastScalingCloudWatchExporterOptions(),
        [typeof(SurgeThresholds)] = new FastScalingCloudWatchExporterOptions().SurgeThresholds,
        [typeof(LocalCloudWatchOptions)] = new LocalCloudWatchOptions(),
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_documents_its_default_and_what_is_allowed(string typeName, string name)
    {
        var (type, defaults) = Defaults.Single(pair => pair.Key.Name == typeName);
        var property = type.GetProperty(name)!;
        var value = ValueOf(property);

        // The thresholds document their own defaults, and are summed up where they hang.
        var expected = property.PropertyType == typeof(SurgeThresholds) ? "100 requests" : TextOf(property.GetValue(defaults));
        Assert.Matches($@"^(Default: |The default is ){Regex.Escape(expected)}\b", value);

        if (HasRange(property.PropertyType))
        {
            Assert.Matches(Range(), value);
        }
    }

    /// <summary>What the documentation in the package says of the property's value.</summary>
    private string ValueOf(PropertyInfo property)
    {
        var assembly = property.DeclaringType!.Assembly.GetName().Name!;
        using var package = _packages.Open(assembly);
        using var stream = new MemoryStream(package.Read($"lib/net10.0/{assembly}.xml"));
        var member = XDocument.Load(stream).Descendants("member").Single(member => member.Attribute("name")!.Value == $"P:{property.DeclaringType.FullName}.{property.Name}");
        Assert.NotEmpty(member.Element("summary")!.Value.Trim());
        return Spaces().Replace(string.Concat(member.Element("value")!.DescendantNodes().Select(Text)), " ").Trim();
    }

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => see.Attribute("langword")?.Value ?? see.Attribute("cref")!.Value.Split('.')[^1],
        _ => "",
    };

    private static string TextOf(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        TimeSpan span when span == TimeSpan.Zero => "0",
        TimeSpan { TotalMinutes: 1 } => "1 minute",
        TimeSpan { TotalSeconds: 1 } => "1 second",
        TimeSpan { TotalMinutes: > 1 } span => $"{span.TotalMinutes} minutes",
        TimeSpan span => $"{span.TotalSeconds} seconds",
        > 9999L => string.Create(CultureInfo.InvariantCulture, $"{value:N0}"),
        TimeProvider => nameof(TimeProvider.System),
        string text => text,
        IEnumerable => "empty",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };

    private static bool HasRange(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var plain && (plain == typeof(int) || plain == typeof(long) || plain == typeof(double) || plain == typeof(TimeSpan));

    [GeneratedRegex(@"\b(From|from|Above|Allowed|at most|1 or 60)\b")]
    private static partial Regex Range();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
