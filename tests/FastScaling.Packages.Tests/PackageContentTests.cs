using System.Text.RegularExpressions;
using FastScaling.Packages.Tests.Support;

namespace FastScaling.Packages.Tests;

/// <summary>What <c>dotnet pack</c> makes, as whoever installs it gets it.</summary>
public partial class PackageContentTests
{
    private const string Signals = "FastScaling.Otel";
    private const string Exporter = "FastScaling.Otel.Exporter.CloudWatch";
    private const string CloudWatch = "FastScaling.LocalCloudWatch";
    private const string Tool = "FastScaling.Lab";
    private const string ToolFolder = "tools/net10.0/any/";

    private readonly PackedPackages _packages;

    public PackageContentTests(PackedPackages packages) => _packages = packages;

    public static TheoryData<string> All => new(Signals, Exporter, CloudWatch, Tool);

    public static TheoryData<string> Libraries => new(Signals, Exporter, CloudWatch);

    [Fact]
    public void Four_packages_of_one_version_are_made_and_the_symbols_of_each() =>
        Assert.Equal(
            ((string[])[Signals, Exporter, CloudWatch, Tool]).SelectMany(id => (string[])[$"{id}.{_packages.Version}.nupkg", $"{id}.{_packages.Version}.snupkg"]).Order(StringComparer.Ordinal),
            _packages.Files);

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_is_its_assembly_its_documentation_and_what_people_read(string id)
    {
        using var package = _packages.Open(id);

        Assert.Equal(["CHANGELOG.md", "README.md", "icon.png", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"], package.Files);
    }

    [Theory]
    [InlineData(Signals, "OpenTelemetry.Api.ProviderBuilderExtensions")]
    [InlineData(Exporter, "AWSSDK.Core", Signals, "Microsoft.Extensions.Diagnostics.HealthChecks", "Microsoft.Extensions.Hosting.Abstractions", "OpenTelemetry", "OpenTelemetry.Api.ProviderBuilderExtensions")]
    [InlineData(CloudWatch)]
    [InlineData(Tool)]
    public void A_package_depends_on_no_more_than_it_needs(string id, params string[] expected)
    {
        using var package = _packages.Open(id);

        Assert.Equal(expected, package.Dependencies.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_exporter_takes_any_AWS_SDK_of_version_4_and_its_own_signals()
    {
        using var package = _packages.Open(Exporter);

        Assert.Matches(@"^\[4\.0\.[0-9.]+, 5\.0\.0\)$", package.Dependencies["AWSSDK.Core"]);
        Assert.Equal(_packages.Version, package.Dependencies[Signals]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_package_says_what_it_is(string id)
    {
        using var package = _packages.Open(id);

        Assert.Equal((id, _packages.Version), (package["id"], package["version"]));
        Assert.Equal("MIT", package["license"]);
        Assert.Equal("expression", package.Element("license")!.Attribute("type")!.Value);
        Assert.Equal(("README.md", "icon.png"), (package["readme"], package["icon"]));
        Assert.All((string[])["authors", "copyright", "description", "releaseNotes"], name => Assert.NotEmpty(package[name]));
        Assert.InRange(package["tags"].Split(' ').Length, 4, 12);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_package_names_its_commit_and_no_folder_of_a_machine(string id)
    {
        using var package = _packages.Open(id);
        if (!Path.Exists(Repository.PathOf(".git")))
        {
            return;
        }

        // The address of the repository is that of the remote. A clone of a local one has none that helps anyone.
        var repository = package.Element("repository")!;
        Assert.Matches("^[0-9a-f]{40}$", repository.Attribute("commit")!.Value);
        Assert.StartsWith("https://", repository.Attribute("url")?.Value ?? "https://", StringComparison.Ordinal);
        Assert.StartsWith("https://", package.Element("projectUrl")?.Value ?? "https://", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_README_of_a_package_stands_alone(string id)
    {
        using var package = _packages.Open(id);
        var text = System.Text.Encoding.UTF8.GetString(package.Read("README.md"));

        Assert.StartsWith($"# {id}", text, StringComparison.Ordinal);
        Assert.All(Link().Matches(text).Select(match => match.Groups[1].Value), target => Assert.StartsWith("https://", target, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_icon_of_a_package_is_a_small_square(string id)
    {
        using var package = _packages.Open(id);
        var icon = package.Read("icon.png");

        // The head of a PNG: its mark, and width and height after the name of its first part.
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], icon[..4]);
        Assert.Equal([0, 0, 0, 128, 0, 0, 0, 128], icon[16..24]);
        Assert.InRange(icon.Length, 100, 20_000);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_assembly_is_deterministic_and_its_symbols_are_beside_it(string id)
    {
        var folder = id == Tool ? ToolFolder : "lib/net10.0/";
        using var package = _packages.Open(id);
        using var symbols = _packages.Open(id, "snupkg");
        var assembly = package.Read($"{folder}{id}.dll");
        var pdb = symbols.Read($"{folder}{id}.pdb");

        Assert.True(AssemblyFacts.IsDeterministic(assembly));
        Assert.Equal(AssemblyFacts.SymbolsOf(assembly), AssemblyFacts.IdOf(pdb));
        Assert.StartsWith("https://", LinkedTo(AssemblyFacts.SourceLinkOf(pdb)), StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.All(AssemblyFacts.Sources(pdb), source => Assert.StartsWith("/_", source, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_local_CloudWatch_brings_ASP_NET_Core_by_reference()
    {
        using var package = _packages.Open(CloudWatch);

        Assert.Equal("Microsoft.AspNetCore.App", package.Metadata.Descendants().Single(element => element.Name.LocalName == "frameworkReference").Attribute("name")!.Value);
    }

    [Fact]
    public void The_tool_is_one_command_with_all_that_it_needs_and_nothing_to_compile_against()
    {
        using var package = _packages.Open(Tool);

        Assert.Equal("DotnetTool", package.Metadata.Descendants().Single(element => element.Name.LocalName == "packageType").Attribute("name")!.Value);
        Assert.Contains("Name=\"fastscaling\"", System.Text.Encoding.UTF8.GetString(package.Read($"{ToolFolder}DotnetToolSettings.xml")), StringComparison.Ordinal);
        Assert.Empty(AssemblyFacts.PublicTypes(package.Read($"{ToolFolder}{Tool}.dll")));
        Assert.Contains("THIRD-PARTY-NOTICES.md", package.Files);
        Assert.All(package.Files.Where(file => file.Contains('/', StringComparison.Ordinal)), file => Assert.StartsWith(ToolFolder, file, StringComparison.Ordinal));
        Assert.All(package.Files, file => Assert.False(Path.GetExtension(file) is ".xml" && !file.EndsWith("DotnetToolSettings.xml", StringComparison.Ordinal), file));
    }

    /// <summary>The address in the map of Source Link; one that passes when there is none.</summary>
    private static string LinkedTo(string? map) => map is null ? "https://" : Address().Match(map).Groups[1].Value;

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@":\s*""([^""]+)""\s*\}")]
    private static partial Regex Address();
}
