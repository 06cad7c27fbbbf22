"""The default scenario as a plasma physicist would write it in numba: guiding centres in B = 1 + k s^2, Euler-Maruyama in xi.

    python3 euler_maruyama.py PARTICLES STEP SEED

Units: length/2 = 1, v = 1; mirror ratio 5, nu length/v = 0.1, start at the midplane with pitch sin^2 about 90 degrees, lost
beyond |s| = 1, until nu t = 2. Prints the wall time of the run (compilation left out), and the loss rate of the slowest
mode over nu with its standard error: deaths over exposure in the second half of the run, error from 32 groups.
"""
import json
import math
import sys
import time

import numpy as np
from numba import njit, prange


@njit(fastmath=True, inline='always')
def uniform(state):
    # xorshift64*, one stream a particle
    state ^= state >> np.uint64(12)
    state ^= state << np.uint64(25)
    state ^= state >> np.uint64(27)
    return state, ((state * np.uint64(2685821657736338717)) >> np.uint64(11)) * 1.1102230246251565e-16


@njit(parallel=True, fastmath=True)
def run(particles, step, steps, nu, k, seed, lost):
    for i in prange(particles):
        state = np.uint64(seed * 1000003 + i + 1) * np.uint64(0x9E3779B97F4A7C15) | np.uint64(1)
        for _ in range(8):
            state, u = uniform(state)
        # sin^2 pitch: 3/4 (1 - xi^2), by the middle root of the cubic
        state, u = uniform(state)
        xi = 2.0 * math.cos((math.acos(1.0 - 2.0 * u) + 4.0 * math.pi) / 3.0)
        s = 0.0
        mu = 1.0 - xi * xi
        tau = nu * step
        spare = 0.0
        have = False
        when = 1e30
        for j in range(steps):
            xi -= 0.5 * step * mu * k * s
            s += step * xi
            xi -= 0.5 * step * mu * k * s
            if abs(s) > 1.0:
                when = (j + 0.5) * step
                break
            b = 1.0 + k * s * s
            speed = math.sqrt(xi * xi + mu * b)
            xi /= speed
            if have:
                eta = spare
                have = False
            else:
                state, u = uniform(state)
                state, w = uniform(state)
                r = math.sqrt(-2.0 * math.log(u + 1e-17))
                eta = r * math.cos(2.0 * math.pi * w)
                spare = r * math.sin(2.0 * math.pi * w)
                have = True
            xi += -2.0 * tau * xi + math.sqrt(max(0.0, 2.0 * tau * (1.0 - xi * xi))) * eta
            if xi > 1.0:
                xi = 2.0 - xi
            elif xi < -1.0:
                xi = -2.0 - xi
            mu = (1.0 - xi * xi) / b
        lost[i] = when


def rate(lost, begin, end, nu):
    def estimate(part):
        exposed = part[part > begin]
        deaths = np.count_nonzero(exposed < end)
        return deaths / np.sum(np.minimum(exposed, end) - begin)

    groups = np.array([estimate(lost[g::32]) for g in range(32)])
    return estimate(lost) / nu, groups.std(ddof=1) / math.sqrt(32) / nu


def main():
    particles, step, seed = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    nu, k = 0.05, 4.0
    end = 2.0 / nu
    steps = int(round(end / step))
    run(64, step, 10, nu, k, seed, np.empty(64))
    lost = np.empty(particles)
    begin = time.perf_counter()
    run(particles, step, steps, nu, k, seed, lost)
    seconds = time.perf_counter() - begin
    value, error = rate(lost, end / 2, end, nu)
    print(json.dumps({'seconds': seconds, 'rate': value, 'error': error, 'particleSteps': float(np.sum(np.minimum(lost, end)) / step)}))


main()
