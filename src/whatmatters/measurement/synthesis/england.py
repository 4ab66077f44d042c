"""What England is like: the few figures that invented people are drawn from.

Ages and sexes are real counts; ethnic groups, deaths and illness are rounded to what published tables say, because
invented people need a plausible shape and nothing rests on their third digit.
"""

import numpy as np

from whatmatters.measurement.synthesis.arrays import Flags, Numbers

# NHS England, Patients Registered at a GP Practice, July 2026, England, by five-year age band (0-4 ... 90-94, 95+), in
# thousands. Contains information from NHS England, licensed under the current version of the Open Government Licence.
FEMALE = (1403, 1634, 1829, 1874, 1905, 2168, 2295, 2348, 2179, 1965,
          1878, 2008, 1953, 1658, 1388, 1351, 951, 575, 280, 94)  # fmt: skip
MALE = (1475, 1717, 1922, 1964, 1926, 2207, 2343, 2418, 2268, 2074,
        1963, 2040, 1947, 1606, 1279, 1180, 772, 405, 161, 36)  # fmt: skip

# The same publication: 6,139 lists, mean 10,333, median 8,815. A log-normal of this mean and median has a sigma of
# sqrt(2 ln(mean / median)) = 0.56.
LIST_SIGMA = 0.56
LIST_MEAN = 8_571  # 60 million people and 7,000 practices

# Shares within "White" and within all others, who are about one in five; near the 2021 census of England (ONS, TS021).
WHITE = {"A": 0.906, "B": 0.011, "C": 0.083}
OTHERS = {
    "D": 0.047, "E": 0.023, "F": 0.045, "G": 0.042, "H": 0.172, "J": 0.145, "K": 0.058, "L": 0.090,
    "M": 0.057, "N": 0.138, "P": 0.027, "R": 0.040, "S": 0.116,
}  # fmt: skip
NOT_STATED = 0.05  # recorded as Z

# Of the variance of deprivation between people, what lies between practices (0.76 squared): the rest is within them.
BETWEEN_PRACTICES = 0.76
DECILES = np.array([-1.2816, -0.8416, -0.5244, -0.2533, 0.0, 0.2533, 0.5244, 0.8416, 1.2816])  # of a normal variate


def dying(age: Numbers, female: Flags) -> Numbers:
    """Chance of dying in a year at an age: Gompertz curves near the national life tables (ONS)."""
    curve = np.where(female, 2.2e-5 * np.exp(0.097 * age), 3.6e-5 * np.exp(0.095 * age))
    return np.where(age < 1, 0.003, curve)


# Condition: share of people who have it in the end, the age by which half of those do, and the spread of that age.
# Orders of magnitude from the Quality and Outcomes Framework's registers.
ILLNESS: dict[str, tuple[float, float, float]] = {
    "asthma": (0.08, 18, 14),
    "atrial-fibrillation": (0.19, 80, 8),
    "autism": (0.012, 8, 5),
    "cancer": (0.2, 75, 12),
    "chronic-kidney-disease": (0.27, 78, 9),
    "copd": (0.07, 64, 9),
    "coronary-heart-disease": (0.19, 74, 10),
    "dementia": (0.22, 87, 5),
    "depression": (0.19, 28, 9),
    "heart-failure": (0.11, 82, 8),
    "hypertension": (0.62, 65, 12),
    "learning-disability": (0.006, 7, 4),
    "peripheral-arterial-disease": (0.03, 75, 9),
    "rheumatoid-arthritis": (0.017, 60, 12),
    "severe-mental-illness": (0.012, 35, 10),
    "stroke": (0.11, 76, 9),
    "type-1-diabetes": (0.006, 18, 10),
    "type-2-diabetes": (0.21, 62, 11),
}
