using System.Text.Json.Nodes;
using FastScaling.DeploymentKit.Tests.Support;

namespace FastScaling.DeploymentKit.Tests.Templates;

/// <summary>A CloudFormation template as it is written.</summary>
internal sealed class Template
{
    private Template(JsonObject root) => Root = root;

    public static Template Kit { get; } = Load("examples/ecs-fargate/template.yaml");

    public static Template Seed { get; } = Load("examples/ecs-fargate/seed-template.yaml");

    public JsonObject Root { get; }

    public JsonObject Parameters => Section("Parameters");

    public JsonObject Conditions => Section("Conditions");

    public JsonObject Mappings => Section("Mappings");

    public JsonObject Resources => Section("Resources");

    public JsonObject Outputs => Section("Outputs");

    public IEnumerable<(string Id, JsonObject Resource)> OfType(string type) =>
        Resources.Where(resource => (string)resource.Value!["Type"]! == type).Select(resource => (resource.Key, (JsonObject)resource.Value!));

    /// <summary>What CloudFormation would make of it with these parameters; the others have their defaults.</summary>
    public Resolved With(params (string Name, JsonNode Value)[] parameters) => new(this, parameters);

    public override string ToString() => "template";

    private static Template Load(string path) => new(YamlReader.Read(Repository.Read(path)));

    private JsonObject Section(string name) => Root[name] as JsonObject ?? [];
}
