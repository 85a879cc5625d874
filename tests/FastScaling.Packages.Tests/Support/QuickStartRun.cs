using System.Xml.Linq;

namespace FastScaling.Packages.Tests.Support;

/// <summary>
/// Does what the quick start says, in a folder of its own outside of the repository. Differences: ports are free ones, packages of a version
/// that is no release are asked for with <c>--prerelease</c>, as the README says, and all packages come from this machine: ours as
/// packed, the others from where they were restored to.
/// </summary>
internal sealed class QuickStartRun : IDisposable
{
    // The default of the tool.
    private const string DocumentedCloudWatch = "http://127.0.0.1:4582";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _root = Directory.CreateTempSubdirectory("fastscaling-").FullName;
    private readonly PackedPackages _packages;
    private readonly HttpClient _client = new() { Timeout = Patience };
    private readonly Dictionary<string, string> _environment;
    private readonly Dictionary<string, string> _addresses = [];
    private readonly List<ChildProcess> _servers = [];
    private string _folder;

    public QuickStartRun(PackedPackages packages, string packageRoot)
    {
        _packages = packages;
        _folder = _root;
        _environment = new Dictionary<string, string>
        {
            // Restored anew, and not taken from what an earlier run has left; global tools are those of this home.
            ["NUGET_PACKAGES"] = Path.Combine(_root, "packages"),
            ["DOTNET_CLI_HOME"] = Path.Combine(_root, "home"),
            ["DOTNET_ADD_GLOBAL_TOOLS_TO_PATH"] = "false",
            ["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false",
        };
        WriteSources(packageRoot);
    }

    /// <summary>The service that was started.</summary>
    public Uri Service { get; private set; } = null!;

    /// <summary>The local CloudWatch.</summary>
    public Uri CloudWatch { get; private set; } = null!;

    /// <summary>What has been exported to the environment of the service.</summary>
    public string this[string variable] => _environment[variable];

    /// <summary>Writes the program.</summary>
    public void Write(string[] lines) => File.WriteAllLines(Path.Combine(_folder, "Program.cs"), lines);

    /// <summary>Does one command, and returns what it shows when it ends by itself.</summary>
    public async Task<string> DoAsync(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case []:
                return "";
            case ["cd", var folder]:
                _folder = Path.Combine(_folder, folder);
                return "";
            case ["export", .. var assignments]:
                foreach (var assignment in assignments)
                {
                    var (name, value) = (assignment.Split('=', 2)[0], assignment.Split('=', 2)[1]);
                    _environment[name] = Actual(value);
                }

                return "";
            case ["fastscaling", "cloudwatch", .. var options]:
                CloudWatch = await StartAsync(Tool, "listens on ", ["cloudwatch", .. options, "--port", "0"]);
                _addresses[DocumentedCloudWatch] = CloudWatch.AbsoluteUri.TrimEnd('/');
                return "";
            case ["fastscaling", .. var options]:
                return await ChildProcess.RunAsync(_folder, _environment, Tool, options);
            case ["dotnet", "run", "--urls", var documented]:
                Service = await StartAsync("dotnet", "Now listening on: ", ["run", "--urls", "http://127.0.0.1:0"]);
                _addresses[documented] = Service.AbsoluteUri.TrimEnd('/');
                return "";
            case ["dotnet", .. var options]:
                return await ChildProcess.RunAsync(_folder, _environment, "dotnet", options.Any(IsOurs) && IsPrerelease ? [.. options, "--prerelease"] : options);
            case ["curl", var address]:
                return await _client.GetStringAsync(new Uri(Actual(address)), TestContext.Current.CancellationToken);
            default:
                throw new InvalidOperationException($"The test does not know the command '{command}' of the README.");
        }
    }

    /// <summary>A file of the project.</summary>
    public byte[] ReadFile(string pattern) => File.ReadAllBytes(Directory.EnumerateFiles(Path.Combine(_folder, "bin"), pattern, SearchOption.AllDirectories).Single());

    public void Dispose()
    {
        foreach (var server in _servers)
        {
            server.Dispose();
        }

        _client.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private bool IsPrerelease => _packages.Version.Contains('-', StringComparison.Ordinal);

    private string Tool => Path.Combine(_environment["DOTNET_CLI_HOME"], ".dotnet", "tools", OperatingSystem.IsWindows() ? "fastscaling.exe" : "fastscaling");

    private static bool IsOurs(string word) => word.StartsWith("FastScaling.", StringComparison.Ordinal);

    private async Task<Uri> StartAsync(string program, string announcement, string[] arguments)
    {
        var server = ChildProcess.Start(_folder, _environment, program, arguments);
        _servers.Add(server);
        return new Uri((await server.AfterAsync(announcement)).Split(' ')[0]);
    }

    private string Actual(string text) => _addresses.Aggregate(text, (actual, address) => actual.Replace(address.Key, address.Value, StringComparison.Ordinal));

    /// <summary>Two folders as sources, each for its packages, and nothing else.</summary>
    private void WriteSources(string packageRoot)
    {
        static XElement Add(string key, string value) => new("add", new XAttribute("key", key), new XAttribute("value", value));
        static XElement Mapping(string key, string pattern) => new("packageSource", new XAttribute("key", key), new XElement("package", new XAttribute("pattern", pattern)));

        new XElement(
            "configuration",
            new XElement("packageSources", new XElement("clear"), Add("ours", _packages.Folder), Add("others", packageRoot)),
            new XElement("packageSourceMapping", new XElement("clear"), Mapping("ours", "FastScaling.*"), Mapping("others", "*"))).Save(Path.Combine(_root, "nuget.config"));
    }
}
