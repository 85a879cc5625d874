using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastScaling.Benchmarks.Gate;

/// <summary>The budgets of the project. They live in one file, benchmarks/budgets.json, which is copied beside the program.</summary>
internal sealed class Budgets
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private readonly Dictionary<string, Budget> _byName;

    private Budgets(IEnumerable<Budget> budgets) => _byName = budgets.ToDictionary(budget => budget.Name, StringComparer.Ordinal);

    public IReadOnlyCollection<Budget> All => _byName.Values;

    public Budget this[string name] => _byName.TryGetValue(name, out var budget)
        ? budget
        : throw new ArgumentException($"budgets.json has no budget '{name}'.", nameof(name));

    public static Budgets Load() => Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "budgets.json")));

    public static Budgets Parse(string text) => new(JsonSerializer.Deserialize<BudgetFile>(text, Json)!.Budgets);

    private sealed record BudgetFile(IReadOnlyList<Budget> Budgets);
}
